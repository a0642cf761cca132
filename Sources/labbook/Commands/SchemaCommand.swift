import ArgumentParser
import Experiments

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the file's format as JSON Schema, for editors.",
    discussion: """
      An editor that knows the schema completes keys and marks mistakes while you type.

      EXAMPLES:
        labbook schema > labbook.schema.json
      and as the first line of an experiment:
        # yaml-language-server: $schema=labbook.schema.json
      """)

  func run() throws { print(FileSchema.text(), terminator: "") }
}
