import Experiments
import Runs
import Testing
import Tracking

/// Metrics whose names do not say which way is better, and the key that does.
struct DirectionsTests {
  private static let file = """
    data: {source: moons, split: {val: 0.2}}
    model: [{linear: classes}]
    train: {log: {grad_norm: true}}
    notebook:
      - sweep: s
        over: {lr: [0.1, 0.2]}
      - table: best
        metric: grad_norm
      - text: "{{ best(s, grad_norm) }}"

    """

  @Test func rankingWithoutADirectionIsAnErrorOfTheFile() {
    let said = "nobody has said whether a greater or a smaller grad_norm is better"
    #expect(
      complaints(Self.file) == ["test.yaml:8:13: \(said)", "test.yaml:9:23: \(said)"])
  }

  @Test(arguments: ["maximize", "minimize"])
  func theFileSaysIt(_ way: String) throws {
    let text = Self.file + "directions: {\(way): [grad_norm]}\n"
    #expect(complaints(text) == [])
    let run = try configurations(text)[0]
    #expect(run.directions?.direction(of: .gradNorm) == Direction(rawValue: way))
  }

  /// What is read of them is in no key, and a file without them has none.
  @Test func directionsAreInNoKey() throws {
    let plain = Self.file.replacing("metric: grad_norm", with: "metric: val/loss")
      .replacing("best(s, grad_norm)", with: "best(s, val/loss)")
    let without = try configurations(plain)[0]
    let with = try configurations(plain + "directions: {maximize: [lr]}\n")[0]
    #expect(without.directions == nil && with.directions != nil)
    let files = FileFingerprints()
    #expect(RunKey.run(without, files) == RunKey.run(with, files))
  }

  @Test func whatIsNoListOfMetricsIsSaid() {
    let plain = Self.file.split(separator: "notebook:")[0]
    #expect(complaints(plain + "directions: up\n").count == 1)
    #expect(complaints(plain + "directions: {up: [lr]}\n").count == 1)
    #expect(complaints(plain + "directions: {maximize: 3}\n").count == 1)
  }
}
