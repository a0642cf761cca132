import Foundation
import Testing

/// Pictures that programs write, as cells of the notebook; advice that their results give.
@Suite struct OutsidePictureTests {
  /// A PNG of one pixel, by Python's zlib.
  private static let png =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"

  private static let program = """
    echo "{\\"loss\\": $1}"
    cd "$LABBOOK_RUN_DIR"
    [ $1 = 3 ] || echo \(png) | base64 -d > dot.png
    echo '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" onload="alert(1)"><script>alert(2)</script></svg>' > evil.svg
    echo no picture > text.png

    """

  private static func place() throws -> Workplace {
    try OutsideTrainingTests.place(
      program,
      """
      train: {command: "sh learn.sh {x} {y}", params: {x: 1, y: 1}}
      objective: {minimize: loss}
      notebook:
        - sweep: main
          over: {x: [1, 2, 3], y: [5, 6]}
        - {plot: artifact, artifact: dot.png}
        - {plot: artifact, artifact: evil.svg, by: x, name: best}

      """)
  }

  @Test func picturesOfRunsBecomeASheet() throws {
    let place = try Self.place()
    let run = try place.labbook("run", "outside.yaml")
    #expect(run.status == 0, "\(run.errors)")
    let sheet = try place.read("plots/outside/main-artifact.svg")
    #expect(sheet.components(separatedBy: "data:image/png;base64,\(Self.png)").count == 5)
    #expect(sheet.contains("x=1, y=5") && sheet.contains("x=2, y=6"))
    #expect(sheet.contains(">no dot.png<") && sheet.contains("2 of 6 runs have no such picture."))
    let best = try place.read("plots/outside/best.svg")
    #expect(best.components(separatedBy: "data:image/svg+xml;base64,").count == 4)
    for page in ["plots/outside/index.html", "plots/outside/index.ipynb", "plots/outside/best.svg"]
    {
      let text = try place.read(page)
      #expect(text.contains("data:image/svg+xml;base64,"))
      #expect(!text.contains("alert("), "\(page)")
    }
    #expect(try place.read("plots/outside/index.md").contains("](main-artifact.svg)"))
    let letters = try place.labbook("plot", "outside.yaml", "--terminal")
    #expect(letters.output.contains("PNG, 1 x 1") && letters.output.contains("SVG, 40 x 20"))
  }

  @Test func whatIsMissingOrNoPictureIsSaid() throws {
    let place = try Self.place()
    _ = try place.labbook("run", "outside.yaml")
    func drawn(_ name: String, _ more: String...) throws -> (status: Int32, errors: String) {
      let found = try place.labbook(
        ["plot", "artifact", "--sweep", "main", "--artifact", name] + more)
      return (found.status, found.errors)
    }
    #expect(try drawn("dots.png").errors.contains("did you mean 'dot.png'?"))
    #expect(try drawn("text.png").errors.contains("is no PNG, JPEG or SVG"))
    #expect(try drawn("dot.png", "--out", "x.png").errors.contains("which is an SVG and no png"))
    #expect(try drawn("dot.png", "--out", "x.svg").status == 0)
    try place.write(
      "wrong.yaml",
      """
      data: {source: moons}
      train: {model: [{linear: classes}], epochs: 1}
      notebook:
        - sweep: nets
        - {plot: artifact, artifact: a.png, format: png}

      """)
    let checked = try place.labbook("check", "wrong.yaml").errors
    #expect(checked.contains("are networks, which write no pictures"))
    #expect(checked.contains("put on a sheet, which is an SVG"))
  }

  @Test func aParameterThatChangesNothingIsNamed() throws {
    let place = try Self.place()
    let told = "main: y changes nothing: 6 runs that differ in it alone told exactly the same"
    #expect(try place.labbook("check", "outside.yaml").output.contains("[untold-seed]"))
    #expect(try place.labbook("run", "outside.yaml").output.contains(told))
    #expect(try place.labbook("check", "outside.yaml").output.contains(told))
  }

  @Test func aFileThatAllRunsWriteIsNamed() throws {
    let place = try OutsideTrainingTests.place(
      "echo \"{\\\"loss\\\": $1}\"; echo $1$1$1 | head -c $1 > model.pt\n",
      """
      train: {command: "sh learn.sh {x}", params: {x: 1}}
      objective: {minimize: loss}
      over: {x: [1, 2, 3]}

      """)
    let run = try place.labbook("run", "outside.yaml", "--jobs", "1")
    #expect(run.errors.contains("model.pt: written by several runs"), "\(run.errors)")
  }

  /// What keeps a program from starting is told by its file.
  @Test(arguments: [
    ("./none", "paths are meant from"), ("./folder", "it is a folder"),
    ("./plain", "is not executable: chmod +x"),
    ("./wrong", "names the interpreter '/no/such/thing'"),
    (
      "learn.sh",
      "no program of this name is along PATH; the file beside the experiment is ./learn.sh"
    ),
  ])
  func whyAProgramCannotBeStarted(_ word: String, _ words: String) throws {
    let place = try OutsideTrainingTests.place(
      "", "train: {command: \(word), grace: 0.3s}\nobjective: {minimize: loss}\n")
    try place.write("plain", "echo\n")
    mkdir(place.path + "/folder", 0o755)
    try place.write("wrong", "#!/no/such/thing -x\n")
    chmod(place.path + "/wrong", 0o755)
    #expect(try place.labbook("run", "outside.yaml").errors.contains(words))
  }
}
