package markup_test

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/markup"
)

func TestBare(t *testing.T) {
	for text, want := range map[string]string{
		"42": "42", "": "", " 42 ": "42",
		"42</s>": "42", "42 </s>": "42", "<s>42</s>": "42", "42<|im_end|>": "42", "42<|eot_id|>": "42", "42<|endoftext|>": "42", "42<|end_of_text|>": "42",
		"42<｜end▁of▁sentence｜>": "42", "42<end_of_turn>": "42", "42<0x0A>": "42", "42<0x0A><0x0A></s>": "42", "42 [/INST]": "42", "42<eos>": "42", "42<|return|>": "42", "42[EOS]": "42",
		"<b>42</b>": "42", "<strong>42</strong>": "42", "<B>42</B>": "42", "<p><b>42</b></p>": "42", "42</b>": "42", "42<br>": "42", "42<br/>": "42", `<span style="color:red">42</span>`: "42",
		"<answer>42</answer>": "42", "<final_answer>42</final_answer>": "42", "<h2>42</h2>": "42", "<code>42</code>": "42", "2<sup>10</sup>": "2^{10}", "x<sub>1</sub>": "x_{1}",
		"**42**": "42", "__42__": "42", "*42*": "42", "_42_": "42", "***42***": "42", "`42`": "42", "```\n42\n```": "42", "```text\n42\n```": "42", "**__42__**": "42", "~~42~~": "42",
		"3 &lt; x": "3 < x", "2&nbsp;m": "2\u00a0m",

		"a<b>c": "a<b>c", "x<p": "x<p", "1<|x|<3": "1<|x|<3", "1<|x|>0": "1<|x|>0", "*": "*", "**": "**", "2*3*4": "2*3*4", "*2*3*": "*2*3*", "x_1": "x_1", "_": "_", "[1,2]": "[1,2]", "i<u": "i<u",
		`\begin{matrix}1&lt;2\end{matrix}`: `\begin{matrix}1&lt;2\end{matrix}`,
	} {
		if got := markup.Bare(text); got != want {
			t.Errorf("Bare(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestTrimmed(t *testing.T) {
	for text, want := range map[string]string{
		"42</s>": "42", "42.\n</s>\n": "42.", "42<|im_end|><|endoftext|>": "42", "x>": "x>", "1>": "1>", "[1]": "[1]", "</s>": "", "": "", "a<b>": "a<b>", "**42**<0x0A>": "**42**",
	} {
		if got := text[:markup.Trimmed(text)]; got != want {
			t.Errorf("Trimmed(%q) leaves %q, want %q", text, got, want)
		}
	}
}

// TestLongTexts: what never closes is looked at once.
func TestLongTexts(t *testing.T) {
	for _, text := range []string{"<", "<|", "<b>", "<|a", "[", "</s>", "<0x0", "`", "*", "<span "} {
		markup.Trimmed(strings.Repeat(text, 1<<20/len(text)))
	}
}
