import Foundation
import Testing

/// Every `labbook` command of README.md works as it stands there, in its order, in one folder.
struct ReadmeTests {
  @Test func everyCommandWorks() throws {
    let blocks = try codeBlocks(of: repositoryRoot + "/README.md")
    let place = try Workplace()
    try place.write("rows.csv", "x1,x2\n0.1,0.2\n-0.5,0.4\n")
    try place.write("flowers.csv", flowers)
    var commands = 0
    for block in blocks {
      if let name = block.fileName { try place.write(name, block.text) }
      guard block.language == "sh" else { continue }
      for line in block.text.split(separator: "\n") where line.hasPrefix("labbook ") {
        commands += 1
        let words = words(of: String(line), run: someRun(place))
        if words.first == "serve" {
          try serve(Array(words.dropFirst()), place)
          continue
        }
        let outcome = try place.labbook(words)
        #expect(outcome.status == 0, "\(line)\n\(outcome.errors)")
        #expect(!outcome.output.isEmpty, "\(line)")
      }
    }
    #expect(commands >= 15)
    #expect(place.exists("weights.safetensors"))
    #expect(place.exists("plots/spirals/main-curves.svg"))
  }

  /// A server is at work until it is told to end.
  private func serve(_ arguments: [String], _ place: Workplace) throws {
    let server = try ServedTool(place, arguments)
    #expect(try server.ask("/runs", server.token).hasPrefix("200 <!doctype html>"))
    server.tool.interrupt()
    let outcome = try server.tool.wait()
    #expect(outcome.status == 0, "\(arguments) \(outcome.errors)")
  }

  /// A table of a European spreadsheet, with words and holes.
  private var flowers: String {
    let rows = (0..<90).map { row in
      let kind = row % 3
      let length = 4 + kind
      let width = row % 17 == 5 ? "" : "\(3 - kind / 2),\(row * 7 % 10)"
      return "\(length),\(row * 3 % 10);\(width);\(["clay", "sand", "chalk"][row * 5 % 7 % 3]);"
        + ["aster", "borage", "clover"][kind]
    }
    return "length;width;soil;species\n" + rows.joined(separator: "\n") + "\n"
  }

  @Test func everyScriptAndFileItNamesIsThere() throws {
    let text = try String(contentsOfFile: repositoryRoot + "/README.md", encoding: .utf8)
    let links = text.matches(of: /\]\((?<path>[^)#:]+)\)/).map { String($0.output.path) }
    let scripts = text.matches(of: /scripts\/[a-z]+/).map { String($0.output) }
    #expect(links.count >= 5 && scripts.count >= 3)
    for path in links + scripts {
      #expect(FileManager.default.fileExists(atPath: repositoryRoot + "/" + path), "\(path)")
    }
  }

  /// `RUN` in a command stands for a run that is there.
  private func someRun(_ place: Workplace) -> String? {
    guard place.exists("labbook.sqlite") else { return nil }
    return try? StoreReader(place.store)
      .text("SELECT run FROM run_table WHERE status = 'completed' ORDER BY created_at LIMIT 1")
  }

  private func words(of line: String, run: String?) -> [String] {
    var words: [String] = []
    var isQuoted = false
    var word = ""
    for character in line.prefix(while: { $0 != "#" }) {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == " ", !isQuoted {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    return words.dropFirst().map { $0 == "RUN" ? run ?? $0 : $0 }
  }
}

private struct CodeBlock {
  let language: String
  let text: String

  /// `# NAME.yaml` or `# NAME.sh` in the first line names the file.
  var fileName: String? {
    guard let line = text.split(separator: "\n").first, line.hasPrefix("# ") else { return nil }
    let name = String(line.dropFirst(2))
    return name.hasSuffix(".yaml") || name.hasSuffix(".sh") ? name : nil
  }
}

private func codeBlocks(of path: String) throws -> [CodeBlock] {
  let text = try String(contentsOfFile: path, encoding: .utf8)
  return text.matches(of: /(?ms)^```(?<language>\w+)\n(?<text>.*?)^```/).map {
    CodeBlock(language: String($0.output.language), text: String($0.output.text))
  }
}
