import Testing

/// LABBOOK_KERNELS, from the command line to what a run records.
struct KernelsTests {
  @Test func theKernelsThatAreAskedForAreRecorded() throws {
    let place = try Workplace()
    try place.write(
      "one.yaml",
      "data: {source: moons, points_per_class: 10}\nmodel: [{linear: classes}]\ntrain: {epochs: 1}\n"
    )
    let outcome = try place.labbook(
      "run", "one.yaml", environment: ["LABBOOK_KERNELS": "baseline"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let kernels = try StoreReader(place.store).texts(
      "select value from run_environment where key = 'kernels'")
    #expect(kernels == ["baseline"])
  }

  @Test func wordsThatNameNoKernelsAreErrors() throws {
    let place = try Workplace()
    for command in [["doctor"], ["check", "missing.yaml"], ["run", "missing.yaml"], ["keys"]] {
      let outcome = try place.labbook(command, environment: ["LABBOOK_KERNELS": "sse9"])
      #expect(outcome.status == 2)
      #expect(outcome.output.isEmpty)
      #expect(
        outcome.errors.hasPrefix(
          "error: LABBOOK_KERNELS is 'sse9', which names no kernels\nthis processor runs baseline"))
    }
    #expect(place.files().isEmpty)
    // How to call the program is told whatever the environment says.
    #expect(try place.labbook("--help", environment: ["LABBOOK_KERNELS": "sse9"]).status == 0)
  }
}
