import ArgumentParser

@main
struct Labbook: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "labbook",
    abstract: "Run the experiments of a YAML file and read them as a notebook.")
}
