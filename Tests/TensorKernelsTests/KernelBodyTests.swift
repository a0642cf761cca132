import Foundation
import TensorKernels
import Testing
import Tracking

@Suite struct KernelBodyTests {
  @Test func wordsAreTheLevelsOfTheProcessor() throws {
    let all = KernelBody.allCases
    #expect(all.map(\.rawValue) == ["baseline", "x86-64-v3", "x86-64-v4"])
    for body in all { #expect(try KernelBody.chosen(body.rawValue, among: all) == body) }
  }

  @Test func withoutAWordTheGreatestRuns() throws {
    #expect(try KernelBody.chosen(nil, among: [.baseline, .v3]) == .v3)
    #expect(try KernelBody.chosen("", among: [.baseline, .v3]) == .v3)
    #expect(try KernelBody.chosen(nil, among: [.baseline]) == .baseline)
  }

  @Test func wordsThatCannotBeObeyedAreErrors() {
    let unknown = #expect(throws: LabbookError.self) {
      try KernelBody.chosen("x86-64-v5", among: [.baseline, .v3])
    }
    #expect(
      unknown
        == .input(
          "LABBOOK_KERNELS is 'x86-64-v5', which names no kernels",
          hint: "this processor runs baseline, x86-64-v3; without the variable the last of them"))
    let lacking = #expect(throws: LabbookError.self) {
      try KernelBody.chosen("x86-64-v4", among: [.baseline])
    }
    #expect(
      lacking
        == .input(
          "LABBOOK_KERNELS is 'x86-64-v4', but this processor cannot run these kernels",
          hint: "it runs baseline; without the variable the last of them"))
  }

  /// What Linux says of the processor: v3 needs AVX2 and fused products, v4 the 512-bit vectors.
  @Test func whatTheProcessorHasIsAvailable() throws {
    let text = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
    let flags = text.split(separator: "\n").first { $0.hasPrefix("flags") } ?? ""
    let words = Set(flags.split(separator: " "))
    var expected: [KernelBody] = [.baseline]
    if words.isSuperset(of: ["avx2", "bmi2", "fma", "movbe"]) { expected.append(.v3) }
    let wide: Set<Substring> = ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]
    if expected.count == 2, words.isSuperset(of: wide) { expected.append(.v4) }
    #expect(KernelBody.available == expected)
  }

  @Test func theEnvironmentChooses() throws {
    let word = ProcessInfo.processInfo.environment["LABBOOK_KERNELS"]
    #expect(
      KernelBody.current == (try? KernelBody.chosen(word, among: KernelBody.available))
        ?? KernelBody.available.last)
  }

  @Test(.everyBody) func theBodyThatIsPinnedIsTheOneThatRuns() throws {
    let pinned = try #require(KernelBody.pinned)
    #expect(KernelBody.current == pinned)
    // The name stands in the table of the kernels themselves.
    #expect(KernelEnvironment.kernels == pinned.rawValue)
  }

  /// Beyond the baseline x y + z is rounded once: of 1 + 2^-12 squared less its greatest part, the
  /// square of 2^-12 is left, which a product of 24 bits has lost.
  @Test(.everyBody) func productsAreFusedWhereTheProcessorFusesThem() {
    let x = 1 + 0x1p-12, rounded = -(1 + 0x1p-11)
    let found = KernelCall.run(
      .product, [Array(repeating: x, count: 16), Array(repeating: x, count: 16), [rounded]],
      sizes: [1, 1, 1, 4], as: Float.self
    ) { $0.block(first: 0, row: 1) }[2][0]
    #expect(found == (KernelBody.current == .baseline ? 0 : 0x1p-24))
  }

  @Test func theTrainingCoreMultipliesByItself() {
    #expect(KernelEnvironment.blas == "none, the kernels multiply")
  }
}
