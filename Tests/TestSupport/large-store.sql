-- Fills an empty store with many runs, straight through SQL: $RUNS runs of three sweeps, five seeds a
-- configuration, 20 parameters each, four metrics with $STEPS points each.
-- What each run has follows from its number, so that tests know it: see LargeStore.swift.

INSERT INTO experiments (id, name, title, created_at) VALUES
  (1, 'wide', 'A wide grid', '2026-01-01T00:00:00.000Z'),
  (2, 'deep', NULL, '2026-01-02T00:00:00.000Z');
INSERT INTO sweeps (id, experiment, name) VALUES (1, 1, 'main'), (2, 1, 'tricks'), (3, 2, 'main');

CREATE TEMP TABLE numbers (i INTEGER PRIMARY KEY);
INSERT INTO numbers
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $RUNS) SELECT i FROM n;

INSERT INTO runs (id, run, key, configuration, sweep, status, current, seed, objective, direction,
    created_at, started_at, ended_at, duration_s, step, epoch, best_step, best_epoch, message)
  SELECT i,
    printf('%08x%024x', (i * 2654435761) & 0xffffffff, i),
    printf('%08x%056x', (i * 2246822519) & 0xffffffff, i),
    printf('%08x%056x', (((i - 1) / 5 + 1) * 3266489917) & 0xffffffff, (i - 1) / 5),
    CASE WHEN i % 10 < 7 THEN 1 WHEN i % 10 < 9 THEN 2 ELSE 3 END,
    CASE WHEN i % 97 = 0 THEN 'diverged' WHEN i % 101 = 0 THEN 'failed'
      WHEN i % 53 = 0 THEN 'stopped' ELSE 'completed' END,
    1, (i - 1) % 5 + 1, 'val/accuracy', 'maximize',
    strftime('%Y-%m-%dT%H:%M:%fZ', 1767225600 + i, 'unixepoch'),
    strftime('%Y-%m-%dT%H:%M:%fZ', 1767225601 + i, 'unixepoch'),
    strftime('%Y-%m-%dT%H:%M:%fZ', 1767225661 + i, 'unixepoch'),
    10 + i % 50, $STEPS, $STEPS, $STEPS, $STEPS,
    CASE WHEN i % 101 = 0 THEN 'out of memory' END
  FROM numbers;
INSERT INTO memberships (sweep, run) SELECT sweep, id FROM runs;
INSERT INTO tags (run, tag) SELECT id, 'baseline' FROM runs WHERE id % 1000 = 1;

INSERT INTO parameter_keys (id, key) VALUES
  (1, 'train.lr'), (2, 'train.optimizer'), (3, 'train.batch_size'), (4, 'train.model'),
  (5, 'train.weight_decay'), (6, 'train.seed'), (7, 'train.epochs'), (8, 'train.loss'),
  (9, 'train.shuffle'), (10, 'train.clip_norm'), (11, 'data.source'), (12, 'data.noise'),
  (13, 'data.points_per_class'), (14, 'data.seed'), (15, 'data.split.val'), (16, 'train.init'),
  (17, 'train.log.every'), (18, 'train.l1'), (19, 'train.optimizer.beta1'), (20, 'data.normalize');
INSERT INTO parameter_values (value) VALUES
  ('0.0001'), ('0.0003'), ('0.001'), ('0.003'), ('0.01'), ('0.03'), ('0.1'), ('0.3'),
  ('"adam"'), ('"sgd"'), ('"rmsprop"'), ('16'), ('32'), ('64'), ('128'),
  ('"hidden layer"'), ('"straight lines"'), ('"residual"'), ('0'), ('1e-05'),
  ('1'), ('2'), ('3'), ('4'), ('5'), ('100'), ('"cross-entropy"'), ('true'), ('null'),
  ('"spiral"'), ('0.2'), ('1000'), ('12345'), ('"default"'), ('"epoch"'), ('0.9'), ('"standard"');
CREATE TEMP TABLE chosen (i INTEGER, key INTEGER, value TEXT);
INSERT INTO chosen
  SELECT i, 1, json_extract('["0.0001","0.0003","0.001","0.003","0.01","0.03","0.1","0.3"]',
      '$[' || ((i - 1) / 5 % 8) || ']') FROM numbers
  UNION ALL SELECT i, 2, json_extract('["adam","sgd","rmsprop"]', '$[' || ((i - 1) / 40 % 3) || ']')
    FROM numbers
  UNION ALL SELECT i, 3, json_extract('["16","32","64","128"]', '$[' || ((i - 1) / 120 % 4) || ']')
    FROM numbers
  UNION ALL SELECT i, 4, json_extract('["hidden layer","straight lines","residual"]',
      '$[' || ((i - 1) / 480 % 3) || ']') FROM numbers
  UNION ALL SELECT i, 5, CASE (i - 1) / 1440 % 2 WHEN 0 THEN '0' ELSE '1e-05' END FROM numbers
  UNION ALL SELECT i, 6, CAST((i - 1) % 5 + 1 AS TEXT) FROM numbers;
UPDATE chosen SET value = '"' || value || '"' WHERE key IN (2, 4);
INSERT INTO parameters (run, key, value)
  SELECT chosen.i, chosen.key, parameter_values.id
  FROM chosen JOIN parameter_values ON parameter_values.value = chosen.value
  ORDER BY chosen.i, chosen.key;
CREATE TEMP TABLE shared (key INTEGER, value TEXT);
INSERT INTO shared VALUES (7, '100'), (8, '"cross-entropy"'), (9, 'true'), (10, 'null'),
  (11, '"spiral"'), (12, '0.2'), (13, '1000'), (14, '12345'), (15, '0.2'), (16, '"default"'),
  (17, '"epoch"'), (18, '0'), (19, '0.9'), (20, '"standard"');
INSERT INTO parameters (run, key, value)
  SELECT i, shared.key, parameter_values.id FROM numbers
    CROSS JOIN shared JOIN parameter_values ON parameter_values.value = shared.value;

INSERT INTO metrics (id, name) VALUES
  (1, 'train/loss'), (2, 'val/loss'), (3, 'val/accuracy'), (4, 'lr');
INSERT INTO layouts (id, metrics) VALUES (1, '[1,2,3,4]');
INSERT INTO slots (metric, layout, slot) VALUES (1, 1, 0), (2, 1, 1), (3, 1, 2), (4, 1, 3);
-- A run's quality q is i * 7919 modulo 10007, between 0 and 1.
INSERT INTO series (run, metric, last, last_step, best)
  SELECT i, metric, CASE metric WHEN 1 THEN 1.5 - q WHEN 2 THEN 1.6 - q WHEN 3 THEN q ELSE 0.01 END,
    $STEPS, CASE metric WHEN 1 THEN 1.5 - q WHEN 2 THEN 1.6 - q WHEN 3 THEN q ELSE 0.01 END
  FROM (SELECT i, (i * 7919 % 10007) / 10007.0 AS q FROM numbers)
    CROSS JOIN (SELECT id AS metric FROM metrics);
INSERT INTO points (run, layout, step, epoch, time, v0, v1, v2, v3)
  WITH RECURSIVE s (step) AS (SELECT 1 UNION ALL SELECT step + 1 FROM s WHERE step < $STEPS)
  SELECT i, 1, step, step, 1767225601000 + i * 1000 + step,
    1.5 - q * step / $STEPS, 1.6 - q * step / $STEPS, q * step / $STEPS, 0.01
  FROM (SELECT i, (i * 7919 % 10007) / 10007.0 AS q FROM numbers) CROSS JOIN s;
DROP TABLE shared;
DROP TABLE chosen;
DROP TABLE numbers;
