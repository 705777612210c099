package engine

// maxJoined bounds a joined Delta, in bytes, so that joining stays linear and a
// stored row small.
const maxJoined = 4096

// Append adds e to queue, joining it to the queue's last event of the same
// sample when both are deltas of one channel. A fold over the joined queue
// gives the same Progress as over the plain one, but for the times of joined
// text, which are those of its first piece.
func Append(queue []Event, e Event) []Event {
	d, ok := e.Fact.(Delta)
	if !ok {
		return append(queue, e)
	}
	for i := len(queue) - 1; i >= 0; i-- {
		prev, isDelta := queue[i].Fact.(Delta)
		if !isDelta || queue[i].Attempt != e.Attempt {
			break // never move text across a change of state
		}
		if prev.Sample != d.Sample {
			continue
		}
		if prev.Channel != d.Channel || len(prev.Text)+len(d.Text) > maxJoined {
			break
		}
		prev.Text += d.Text
		prev.Frames += d.Frames
		queue[i].Fact = prev
		return queue
	}
	return append(queue, e)
}
