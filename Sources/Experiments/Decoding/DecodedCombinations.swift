import Runs
import Synchronization

/// The combinations of a file that were read and are right, so that planning reads none again.
///
/// Each is kept until it is planned: those of a large sweep take much memory.
final class DecodedCombinations: Sendable {
  private let answers = Mutex<[Asked: RunConfiguration?]>([:])

  /// A combination under a sweep's `where`.
  struct Asked: Hashable {
    let combination: Combination
    let condition: String?
  }

  /// Keeps what a combination stands for; `nil` where the condition does not hold.
  func keep(_ answer: RunConfiguration?, for asked: Asked) {
    answers.withLock { _ = $0.updateValue(answer, forKey: asked) }
  }

  /// What a combination stands for, kept no longer; `nil` where it was not read.
  func take(_ asked: Asked) -> RunConfiguration?? {
    answers.withLock { answers in
      guard let answer = answers.removeValue(forKey: asked) else { return nil }
      if answers.isEmpty { answers = [:] }  // A table does not shrink by itself.
      return answer
    }
  }
}
