import FileLanguage
import Foundation
import Tracking
import Web

/// How data views tell what is wrong with an address.
enum Problem {
  /// Answers, or says in JSON what is wrong: `{"error": ..., "hint": ...}` with 400 where the address is,
  /// 500 where the work failed.
  static func told(_ answer: () throws -> WebReply) throws -> WebReply {
    do { return try answer() } catch {
      let problem = described(error)
      let body = JSONValue.object([
        ("error", .text(problem.message)), ("hint", .text(problem.hint)),
      ])
      return .json(body, status: problem.status == 2 ? 400 : 500)
    }
  }

  /// An error in the house's form.
  static func described(_ error: any Error) -> LabbookError {
    if let error = error as? LabbookError { return error }
    if let error = error as? Diagnostics { return .input(error.description) }
    return .failure("\(error)")
  }
}

extension WebReply {
  /// JSON in one line.
  static func json(_ value: JSONValue, status: Int = 200) -> WebReply {
    .json(Data(value.bytes + "\n".utf8), status: status)
  }
}
