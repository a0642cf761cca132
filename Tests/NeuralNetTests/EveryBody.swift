import TensorKernels
import Testing

/// Runs a suite's tests once for every body of the kernels that the processor has.
///
/// What fails says in a comment which body it was. Bodies differ in the last bits, so each is
/// compared with a reference from outside, never with another body.
struct EveryBody: SuiteTrait, TestTrait, TestScoping {
  let isRecursive = true

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    for body in KernelBody.available {
      let naming = IssueHandlingTrait.compactMapIssues { issue in
        var named = issue
        named.comments.append("the kernels are \(body.rawValue)")
        return named
      }
      try await KernelBody.$pinned.withValue(body) {
        try await naming.provideScope(for: test, testCase: testCase, performing: function)
      }
    }
  }
}

extension Trait where Self == EveryBody {
  /// Every body of the kernels, one after the other.
  static var everyBody: EveryBody { EveryBody() }
}
