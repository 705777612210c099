INSERT INTO attempts (id, begun, problem_id, source, statement, key, model, samples) VALUES
  ('06h2000000old001', '2026-03-01T12:00:00.000000000Z', '', 'typed', 'What is two and two?', '4', 'qwen3:8b', 1);
INSERT INTO events (attempt, seq, at, kind, fact) VALUES
  ('06h2000000old001', 1, '2026-03-01T12:00:00.000000000Z', 'attempt_started', '{"problem":{"source":"typed","statement":"What is two and two?","key":"4"},"plan":{"model":"qwen3:8b","samples":1,"parallel":1,"stop":"none","seed":7,"think":"auto","options":{"num_ctx":32768,"num_predict":32768},"budget":{"wall_ns":900000000000}}}'),
  ('06h2000000old001', 2, '2026-03-01T12:00:00.100000000Z', 'sample_started', '{"sample":0,"seed":7}'),
  ('06h2000000old001', 3, '2026-03-01T12:00:01.000000000Z', 'delta', '{"sample":0,"channel":"reply","text":"2+2=4","frames":3}'),
  ('06h2000000old001', 9, '2026-03-01T12:00:02.000000000Z', 'sample_finished', '{"sample":0,"answer":"4","ending":{"prompt_tokens":20,"tokens":12,"load_ns":1,"prompt_ns":1,"generate_ns":1000000000}}'),
  ('06h2000000old001', 10, '2026-03-01T12:00:02.000000000Z', 'tally_changed', '{"tally":{"votes":[{"answer":"4","samples":[0]}],"no_answer":0},"left":0}'),
  ('06h2000000old001', 11, '2026-03-01T12:00:02.000000000Z', 'attempt_finished', '{"verdict":{"answer":"4","votes":1,"of":1,"margin":1,"correct":true,"why":"all_ended"}}');
UPDATE attempts SET tokens = 12, ended = '2026-03-01T12:00:02.000000000Z', answer = '4',
  verdict = '{"answer":"4","votes":1,"of":1,"margin":1,"correct":true,"why":"all_ended"}' WHERE id = '06h2000000old001';
INSERT INTO attempts (id, begun, problem_id, source, statement, key, model, samples) VALUES
  ('06h2000000old002', '2026-03-01T13:00:00.000000000Z', '', 'typed', 'What was never finished?', '', 'qwen3:8b', 8);
