import Foundation
import RunStorage
import TestSupport
import Testing
import Tracking

/// Runs' folders elsewhere, and disks that are full.
@Suite struct PlacesOfFilesTests {
  /// 41,202 numbers are more than a store keeps in its own pages.
  private static let wide = """
    data: {source: moons, points_per_class: 5}
    model: {mlp: {hidden: [200, 200]}}
    train: {epochs: 1, batch_size: full}
    """

  @Test func anotherFolderOfRunsThanAtTrainingIsSaid() throws {
    let place = try Workplace()
    try place.write("e.yaml", Self.wide)
    let there = ["LABBOOK_RUNS": place.path + "/there"]
    #expect(try place.labbook(["run", "e.yaml"], environment: there).status == 0)
    #expect(try !place.labbook(["check", "e.yaml"], environment: there).output.contains("note:"))
    let here = try place.labbook("check", "e.yaml")
    #expect(here.output.contains("note: files of runs lie in "))
    #expect(here.output.contains("/there, not in "))
    // They are read from there all the same.
    let run = try #require(try RunStore(at: place.store, .existing).runs().first).id
    #expect(try place.labbook("weights", run.short, "--out", "w").status == 0)
    #expect(here.output.contains("Nothing is left to train."))
  }

  /// A checkpoint beside the store is not looked for where `LABBOOK_RUNS` leads elsewhere.
  @Test func checkpointsThatCannotBeSeenAreSaid() throws {
    let place = try Workplace()
    try place.write("e.yaml", Self.wide)
    #expect(try place.labbook("run", "e.yaml").status == 0)
    let run = RunID()
    let folder = "\(place.store).runs/\(run)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("state".utf8).write(to: URL(fileURLWithPath: folder + "/checkpoint"))
    let there = ["LABBOOK_RUNS": place.path + "/there"]
    let told = try place.labbook(["check", "e.yaml"], environment: there)
    #expect(told.output.contains("note: the checkpoint of 1 run in "))
    #expect(try !place.labbook("check", "e.yaml").output.contains("note:"))
  }

  /// A small disk in memory, which only a superuser may mount, filled to the last byte.
  @Test(.enabled(if: mayMount, "needs the right to mount")) func aFullDiskIsStillRead() throws {
    let place = try Workplace()
    try place.write("e.yaml", Self.wide.replacing("[200, 200]", with: "[4]"))
    #expect(try place.labbook("run", "e.yaml").status == 0)
    try place.write(
      "full.sh",
      """
      mkdir disk && mount -t tmpfs -o size=2m none disk && cp e.yaml labbook.sqlite disk && cd disk
      dd if=/dev/zero of=fill bs=1k 2>/dev/null
      try() { "$tool" "$@" >/dev/null 2>&1; echo "$? $*"; }
      tool=$1
      try runs; try experiments; try check e.yaml; try export metrics
      try run e.yaml --fresh; try report e.yaml
      rm fill
      try run e.yaml --fresh; try runs
      """)
    let shell = try RunningTool(
      executable: "/usr/bin/unshare", ["-m", "sh", "full.sh", toolPath], folder: place.path,
      environment: [:])
    let outcome = try shell.wait()
    #expect(
      outcome.output == """
        0 runs
        0 experiments
        0 check e.yaml
        0 export metrics
        1 run e.yaml --fresh
        1 report e.yaml
        0 run e.yaml --fresh
        0 runs

        """, "\(outcome.errors)")
  }
}

/// Whether this user may mount a disk of its own, seen by nobody else.
private let mayMount: Bool = {
  let words = ["-m", "mount", "-t", "tmpfs", "none", "/mnt"]
  return (try? SpawnedProgram.call("/usr/bin/unshare", words))?.status == 0
}()
