import Programs
import Testing
import Tracking

struct PatternProposalTests {
  private func told(_ text: String) throws -> [String] {
    let pattern = try #require(PatternProposal.pattern(in: text))
    let folder = try Folder()
    try folder.write("out", text)
    var source = LineSource(path: folder.path + "/out", try PatternLines(pattern))
    var book = MetricBook()
    try source.finish(into: &book, now: 1)
    return book.takeBatch().points.map { "\($0.metric.name) \($0.step) \($0.value)" }
  }

  @Test func linesForPeopleAreRead() throws {
    #expect(
      try told(
        "loading\nEpoch 1/3 train_loss: 0.5 val_acc = 0.25 (2s)\nEpoch 2/3 train_loss: 4e-1 val_acc = 0.5 (2s)\n"
      )
        == ["train_loss 1 0.5", "val_acc 1 0.25", "train_loss 2 0.4", "val_acc 2 0.5"])
    #expect(
      try told("iter  1 value 0.1\niter  2 value 0.05\nconverged\n[1] 0.93\n")
        == ["value 1 0.1", "value 2 0.05"])
    #expect(
      try told("step=10 val/loss=nan\nstep=20 val/loss=1.5\n").last == "val_loss 20 1.5")
  }

  /// As Keras 3 writes a bar over itself, with colours.
  @Test func barsAndColoursStandInNoWay() throws {
    let bar = "\u{1B}[1m1/5\u{1B}[0m \u{1B}[32m━\u{1B}[0m 2ms/step - accuracy: 0.1 - loss: 2"
    let end =
      "\r\u{1B}[1m5/5\u{1B}[0m \u{1B}[32m━━\u{1B}[0m 3ms/step - accuracy: 0.5 - loss: 1.5 - val_loss: 1.25\n"
    #expect(
      try told("Epoch 1/2\n" + bar + end + "Epoch 2/2\n" + bar + end).last == "val_loss 2 1.25")
  }

  @Test func whatHasNoNumbersHasNoPattern() {
    #expect(PatternProposal.pattern(in: "") == nil)
    #expect(PatternProposal.pattern(in: "hello 3 world\nversion 2.1.0\nuse port 80") == nil)
  }
}
