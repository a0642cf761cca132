import Foundation
import Testing

/// A folder with a store whose every number is known: two small sweeps are trained, then SQL puts
/// known values in the place of what was measured.
///
/// Run n has the id nnnnnnnn000..., began at n minutes past ten and took 1.5 n seconds; its last
/// value of metric m is n + m / 8 and its best one n + 3 m / 8, where m counts the metrics from 1 by
/// their names: lr, train/accuracy, train/loss, val/accuracy, val/loss.
enum KnownStore {
  static let file = """
    title: "A \\"known\\" store"
    data: {source: csv, path: rows.csv, target: kind, split: {val: 0.5}}
    models: {"a, b": [{linear: classes}], hidden: {mlp: {hidden: [2]}}}
    train: {epochs: 2, batch_size: 4}
    notebook:
      - sweep: rates
        over: {model: all, lr: [0.1, 0.2]}
        seeds: 2
      - {table: best}
      - {table: compare, by: lr, against: 0.1}
      - {claim: Some are small, that: mean(val/loss) < 100}
      - {sweep: single, with: {model: hidden, lr: 0.3}}
      - {text: "It is {{ best(val/loss) }}."}

    """

  static let rows = "x,y,kind\n1,2,p\n3,4,q\n5,7,p\n7,6,q\n9,9,p\n2,1,q\n4,8,p\n6,3,q\n"

  /// One folder for all tests that only read it.
  static let shared = Result { try made() }

  static func made() throws -> Workplace {
    let place = try Workplace()
    try place.write("e.yaml", file)
    try place.write("rows.csv", rows)
    // However fast it was, the state that longer runs go on from is kept.
    let outcome = try place.labbook(
      "run", "e.yaml", "--jobs", "1", environment: ["LABBOOK_STATE_SECONDS": "0"])
    try #require(outcome.status == 0, "\(outcome.errors)")
    try setKnown(place)
    return place
  }

  private static func setKnown(_ place: Workplace) throws {
    let name = "replace('nnnnnnnn', 'n', printf('%x', id)) || '000000000000000000000000'"
    let metric =
      "(SELECT count(*) FROM metrics m JOIN metrics o ON m.name <= o.name"
      + " WHERE o.id = series.metric)"
    try StoreWriter(place.store).execute(
      """
      UPDATE runs SET run = \(name), created_at = printf('2026-01-02T10:%02d:00.000Z', id),
        started_at = printf('2026-01-02T10:%02d:30.000Z', id),
        ended_at = printf('2026-01-02T11:%02d:30.000Z', id), duration_s = 1.5 * id;
      UPDATE series SET last = run + \(metric) / 8.0, best = run + \(metric) * 3 / 8.0;
      UPDATE points SET time = 1000 * step, v0 = run + step, v1 = run + 10 * step,
        v2 = run + 100 * step, v3 = run + step / 2.0, v4 = run + step / 2.0, v5 = run, v6 = run,
        v7 = run;
      DELETE FROM environment_values WHERE key NOT IN ('version', 'cpu');
      UPDATE environment_values SET value = 'known ' || key;
      """)
  }

  /// What a command prints, with hashes replaced and line ends as in a source file.
  static func output(
    _ arguments: [String], in other: Workplace? = nil, status: Int32 = 0
  ) throws -> String {
    let place = try other ?? shared.get()
    let outcome = try place.labbook(arguments)
    #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
    return outcome.output.replacing("\r\n", with: "\n").replacing(place.path, with: "FOLDER")
      .replacing(/[0-9a-f]{64}/) { _ in String(repeating: "k", count: 64) }
      .replacing(/[0-9a-f]{12}  in the store/) { _ in "kkkkkkkkkkkk  in the store" }
  }
}
