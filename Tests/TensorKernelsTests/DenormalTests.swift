import TensorKernels
import Testing

struct DenormalTests {
  @Test func smallNumbersVanishWhileTrainingAndNeverAfterwards() {
    // An argument that is not known when this is compiled.
    func half(_ value: Float) -> Float { value / Float(CommandLine.arguments.isEmpty ? 4 : 2) }
    #expect(KernelEnvironment.flushingDenormals { half(.leastNormalMagnitude) } == 0)
    #expect(half(.leastNormalMagnitude) > 0)
  }
}
