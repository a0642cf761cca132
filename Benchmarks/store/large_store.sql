-- Fills an empty store with 100,000 runs and 10 million points, through the store's own tables:
-- 10 experiments of 10 sweeps of 200 configurations with 5 seeds each; 20 epochs of 5 metrics.
-- Every number follows from the run's own by multiplication with odd constants, so that two stores
-- are alike.

BEGIN;

INSERT INTO experiments (name, title, created_at)
  WITH n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9)
  SELECT 'experiment ' || i, 'Experiment ' || i, '2026-01-01T00:00:00.000Z' FROM n;

INSERT INTO sweeps (experiment, name)
  WITH n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99)
  SELECT 1 + i / 10, 'sweep ' || (i % 10) FROM n;

INSERT INTO environments (digest) VALUES ('one machine');
INSERT INTO environment_values (environment, key, value)
  VALUES (1, 'host', 'one'), (1, 'version', '0.1.0'), (1, 'command', 'labbook run e.yaml');

CREATE TEMP TABLE run_numbers AS
  WITH n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 100000)
  SELECT id, (id - 1) / 5 AS configuration, (id - 1) % 5 + 1 AS seed, (id - 1) / 1000 + 1 AS sweep,
    -- Of a hundred runs one diverged, one failed, one was interrupted, one is planned.
    CASE id % 100 WHEN 7 THEN 'diverged' WHEN 27 THEN 'failed' WHEN 47 THEN 'interrupted'
      WHEN 67 THEN 'planned' ELSE 'completed' END AS status
  FROM n;

INSERT INTO runs (id, run, key, configuration, sweep, status, current, seed, objective, direction,
    created_at, started_at, ended_at, duration_s, step, epoch, best_step, best_epoch, message,
    environment)
  SELECT id,
    printf('%08x%08x%08x%08x', id * 2654435761 % 4294967296, id * 40503 % 4294967296,
      id * 2246822519 % 4294967296, id),
    printf('%08x%056x', id * 3266489917 % 4294967296, id),
    printf('%08x%056x', configuration * 668265263 % 4294967296, configuration),
    sweep, status, 1, seed, 'val/loss', 'minimize',
    strftime('%Y-%m-%dT%H:%M:%S.000Z', 1767225600 + id * 30, 'unixepoch'),
    iif(status = 'planned', NULL,
      strftime('%Y-%m-%dT%H:%M:%S.000Z', 1767225601 + id * 30, 'unixepoch')),
    iif(status = 'planned', NULL,
      strftime('%Y-%m-%dT%H:%M:%S.000Z', 1767225620 + id * 30, 'unixepoch')),
    iif(status = 'planned', NULL, 1.0 + id % 1000 / 100.0),
    iif(status = 'planned', NULL, 940), iif(status = 'planned', NULL, 20),
    iif(status = 'planned', NULL, 705), iif(status = 'planned', NULL, 15),
    iif(status IN ('diverged', 'failed'), 'the loss is not finite', NULL),
    iif(status = 'planned', NULL, 1)
  FROM run_numbers;

INSERT INTO memberships (sweep, run) SELECT sweep, id FROM run_numbers;

INSERT INTO parameter_keys (id, key) VALUES
  (1, 'data.source'), (2, 'data.noise'), (3, 'data.seed'), (4, 'data.points_per_class'),
  (5, 'data.split.val'), (6, 'data.normalize'), (7, 'models.net.mlp.hidden'),
  (8, 'models.net.mlp.activation'), (9, 'train.batch_size'), (10, 'train.epochs'),
  (11, 'train.init'), (12, 'train.log.every'), (13, 'train.loss'), (14, 'train.lr'),
  (15, 'train.model'), (16, 'train.optimizer'), (17, 'train.optimizer.beta1'),
  (18, 'train.schedule'), (19, 'train.seed'), (20, 'train.shuffle');

INSERT INTO parameter_values (id, value) VALUES
  (1, '"spiral"'), (2, '0.2'), (3, '1'), (4, '1000'), (5, '"standard"'), (6, '[64,64]'), (7, '"relu"'),
  (8, '64'), (9, '20'), (10, '"default"'), (11, '"epoch"'), (12, '"cross-entropy"'), (13, '"net"'),
  (14, '"adam"'), (15, '0.9'), (16, '"constant"'), (17, '2'), (18, '3'), (19, '4'), (20, '5'),
  (21, 'true'), (22, '[16]'), (23, '[128,128,128]');
INSERT INTO parameter_values (id, value)
  WITH n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 199)
  SELECT 100 + i, printf('%!.6g', 1e-5 * pow(10, i * 5.0 / 199)) FROM n;

INSERT INTO parameters (run, key, value)
  SELECT run_numbers.id, parameter_keys.id,
    CASE parameter_keys.id WHEN 1 THEN 1 WHEN 2 THEN 2 WHEN 3 THEN 3 WHEN 4 THEN 4 WHEN 5 THEN 2
      WHEN 6 THEN 5 WHEN 7 THEN (CASE configuration % 3 WHEN 0 THEN 6 WHEN 1 THEN 22 ELSE 23 END)
      WHEN 8 THEN 7 WHEN 9 THEN 8 WHEN 10 THEN 9 WHEN 11 THEN 10 WHEN 12 THEN 11 WHEN 13 THEN 12
      WHEN 14 THEN 100 + configuration % 200 WHEN 15 THEN 13 WHEN 16 THEN 14 WHEN 17 THEN 15
      WHEN 18 THEN 16 WHEN 19 THEN (CASE seed WHEN 1 THEN 3 ELSE 15 + seed END) ELSE 21 END
  FROM run_numbers, parameter_keys;

INSERT INTO metrics (id, name) VALUES
  (1, 'train/loss'), (2, 'train/accuracy'), (3, 'val/loss'), (4, 'val/accuracy'), (5, 'lr');
INSERT INTO layouts (id, metrics) VALUES (1, '[1,2,3,4,5]');
INSERT INTO slots (metric, layout, slot) VALUES (1, 1, 0), (2, 1, 1), (3, 1, 2), (4, 1, 3), (5, 1, 4);

CREATE TEMP TABLE epochs AS
  WITH n (epoch) AS (SELECT 1 UNION ALL SELECT epoch + 1 FROM n WHERE epoch < 20)
  SELECT epoch FROM n;

INSERT INTO points (run, layout, step, epoch, time, v0, v1, v2, v3, v4)
  SELECT id, 1, epoch * 47, epoch, 1767225601000 + id * 30000 + epoch * 900,
    1.1 / epoch + id * 7919 % 10007 / 20014.0, 1 - 0.6 / epoch - id * 7919 % 10007 / 50035.0,
    1.2 / epoch + id * 104729 % 10009 / 20018.0, 1 - 0.7 / epoch - id * 104729 % 10009 / 50045.0,
    0.001
  FROM run_numbers, epochs WHERE status != 'planned' ORDER BY id, epoch;

INSERT INTO series (run, metric, last, last_step, best)
  SELECT points.run, slots.metric,
    CASE slots.slot WHEN 0 THEN v0 WHEN 1 THEN v1 WHEN 2 THEN v2 WHEN 3 THEN v3 ELSE v4 END, step,
    CASE slots.slot WHEN 0 THEN v0 WHEN 1 THEN v1 WHEN 2 THEN v2 WHEN 3 THEN v3 ELSE v4 END
  FROM points JOIN slots ON slots.layout = points.layout WHERE points.epoch = 20;

DROP TABLE temp.epochs;
DROP TABLE temp.run_numbers;
COMMIT;
ANALYZE;
