import Datasets
import Experiments
import FileLanguage
import Testing

/// What a file is advised, as `line:column` of each piece of advice of one rule.
func places(of rule: String, in text: String) throws -> [String] {
  try advice(text).filter { $0.rule == rule }.map { "\($0.mark.line):\($0.mark.column)" }
}

func advice(_ text: String) throws -> [Advice] {
  try Experiment.parse(text, library: DataLibrary()).advice()
}
