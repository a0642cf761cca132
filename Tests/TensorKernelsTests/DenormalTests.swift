import TensorKernels
import Testing

struct DenormalTests {
  @Test func smallNumbersVanishWhileTrainingAndNeverAfterwards() {
    // An argument that is not known when this is compiled.
    func half(_ value: Float) -> Float { value / Float(CommandLine.arguments.isEmpty ? 4 : 2) }
    #expect(KernelEnvironment.flushingDenormals { half(.leastNormalMagnitude) } == 0)
    #expect(half(.leastNormalMagnitude) > 0)
    // What comes in below the normal range counts as zero, also where what comes out would not be.
    func fourfold(_ value: Float) -> Float { value * Float(CommandLine.arguments.isEmpty ? 2 : 4) }
    let small = Float.leastNormalMagnitude / 2
    #expect(KernelEnvironment.flushingDenormals { fourfold(small) } == 0)
    #expect(fourfold(small) == 2 * Float.leastNormalMagnitude)
    struct Failure: Error {}
    #expect(throws: Failure.self) { try KernelEnvironment.flushingDenormals { throw Failure() } }
    #expect(half(.leastNormalMagnitude) > 0)
  }
}
