INSERT INTO attempts (id, begun, ended, problem_id, source, statement, key, model, samples, tokens, answer, verdict, sum) VALUES('06h2000000old001','2026-03-01T12:00:00.000000000Z','2026-03-01T12:00:02.000000000Z','','typed','What is two and two?','4','qwen3:8b',1,12,'4','{"answer":"4","votes":1,"of":1,"margin":1,"correct":true,"why":"all_ended"}',663769218);
INSERT INTO attempts (id, begun, ended, problem_id, source, statement, key, model, samples, tokens, answer, verdict, sum) VALUES('06h2000000old002','2026-03-01T13:00:00.000000000Z',NULL,'','typed','What was never finished?','','qwen3:8b',8,0,'',NULL,3674457825);
INSERT INTO events (attempt, seq, at, kind, fact, sum) VALUES('06h2000000old001',1,'2026-03-01T12:00:00.000000000Z','attempt_started','{"problem":{"source":"typed","statement":"What is two and two?","key":"4"},"plan":{"model":"qwen3:8b","samples":1,"parallel":1,"stop":"none","seed":7,"think":"auto","tools":"","wordy":0,"caps":{"cells":0,"cell_ns":0,"total_ns":0,"turns":0,"shown":0},"range":"","top":0,"options":{"num_ctx":32768,"num_predict":32768},"budget":{"wall_ns":900000000000,"tokens":0,"think":0}}}',1467475048);
INSERT INTO events (attempt, seq, at, kind, fact, sum) VALUES('06h2000000old001',2,'2026-03-01T12:00:00.100000000Z','sample_started','{"sample":0,"seed":7}',11844219088);
INSERT INTO events (attempt, seq, at, kind, fact, sum) VALUES('06h2000000old001',3,'2026-03-01T12:00:01.000000000Z','delta','{"sample":0,"channel":"reply","text":"2+2=4","frames":3}',13114496799);
INSERT INTO events (attempt, seq, at, kind, fact, sum) VALUES('06h2000000old001',9,'2026-03-01T12:00:02.000000000Z','sample_finished','{"sample":0,"answer":"4","ending":{"prompt_tokens":20,"tokens":12,"load_ns":1,"prompt_ns":1,"generate_ns":1000000000}}',17547866449);
INSERT INTO events (attempt, seq, at, kind, fact, sum) VALUES('06h2000000old001',10,'2026-03-01T12:00:02.000000000Z','tally_changed','{"tally":{"votes":[{"answer":"4","samples":[0]}],"no_answer":0},"left":0}',46977420438);
INSERT INTO events (attempt, seq, at, kind, fact, sum) VALUES('06h2000000old001',11,'2026-03-01T12:00:02.000000000Z','attempt_finished','{"verdict":{"answer":"4","votes":1,"of":1,"margin":1,"correct":true,"why":"all_ended"}}',49156656719);
INSERT INTO events (attempt, seq, at, kind, fact, sum) VALUES('06h2000000old002',1,'2026-03-01T13:00:00.000000000Z','attempt_started','{"problem":{"source":"typed","statement":"What was never finished?"},"plan":{"model":"qwen3:8b","samples":8,"parallel":1,"stop":"none","seed":7,"think":"auto","tools":"","wordy":0,"caps":{"cells":0,"cell_ns":0,"total_ns":0,"turns":0,"shown":0},"range":"","top":0,"options":{"num_ctx":32768,"num_predict":32768},"budget":{"wall_ns":900000000000,"tokens":0,"think":0}}}',2262444826);
INSERT INTO cache (key, attempt, until, used, size, value) VALUES('verdict/1/ab','06h2000000old001','2026-04-01T12:00:00.000000000Z','2026-03-01T12:00:02.000000000Z',214,x'6163310a');
UPDATE cache_counts SET misses = 1;
INSERT INTO nonces (key, nonce, until) VALUES('k1','0123456789abcdef',1772366700);
INSERT INTO audit (n, record, hashes) VALUES(0,CAST('{"time":"2026-03-01T12:00:02Z","who":"ann","front_end":"cli","action":"audit-key","object":"aimo3-audit+19ec0c5d+AS3m1UaghRQsgUsngjHBtWqAUmRMXWNAxECi1Y2gKe/V","outcome":"done"}' AS BLOB),x'a2b124e28326226adcfd1f1021ee319b331fc5c112ac5bcd3ae95bc1cfafcedd');
INSERT INTO audit (n, record, hashes) VALUES(1,CAST('{"time":"2026-03-01T12:00:02Z","who":"ann","front_end":"cli","action":"solve","object":"06h2000000old001","outcome":"answered"}' AS BLOB),x'a30a6c81c7f31d0442e84905d6f78bd306ccad3c2a9260f44ae6e550af0773812c901ba3b1abd030ed0302cc1665793d8cf201cda316b74739ffc7adfa6d4c35');
INSERT INTO audit_checkpoints (size, note) VALUES(2,'aimo3 audit log
2
LJAbo7Gr0DDtAwLMFmV5PYzyAc2jFrdHOf/HrfptTDU=
2026-03-01T12:00:02Z

— aimo3-audit GewMXS454VfVC3FWDJNmGQ3b0vNwRjTkH8FwEqYb77txyuJQ0iggDeQFK92fRf5qrPvLwp0AOtlpsxOHVcsiAUzYUQ4=
');
