import Datasets
import Testing
import Tracking

@Suite struct LabelNoiseTests {
  /// Which rows change and to which class, by another program; half rows are rounded up.
  @Test(arguments: 0..<4) func everyClassIsTheOneThatWasDrawn(index: Int) throws {
    let wanted = try Draws.read().noises[index]
    let noisy = LabelNoise.apply(
      wanted.share, to: wanted.labels, train: wanted.train, classes: 3, seed: wanted.seed)
    #expect(noisy == wanted.noisy)
  }

  @Test func exactlyThatShareOfTrainingRowsChangesClass() throws {
    let split: (inout DataConfiguration) -> Void = { $0.split.val = .rows(300) }
    let clean = try prepare("blobs", [:], split)
    let noisy = try prepare("blobs", [:]) {
      split(&$0)
      $0.labelNoise = 0.3
    }
    let changed = zip(clean.train.labels, noisy.train.labels).filter { $0 != $1 }
    #expect(changed.count == 360)  // 0.3 x 1200
    #expect(clean.train.table == noisy.train.table)
    #expect(clean.val?.labels == noisy.val?.labels)
    // Each of the two other classes is as likely.
    let up = changed.filter { ($0 + 1) % 3 == $1 }.count
    #expect((120...240).contains(up))
  }

  @Test func moreNoiseKeepsTheChangesOfLess() throws {
    let little = try prepare("moons") { $0.labelNoise = 0.1 }.train.labels
    let much = try prepare("moons") { $0.labelNoise = 0.4 }.train.labels
    let clean = try prepare("moons").train.labels
    #expect(zip(little, clean).count { $0 != $1 } == 100)
    for row in clean.indices where little[row] != clean[row] { #expect(much[row] == little[row]) }
  }
}
