/// The version that `--version` prints and every run records.
public let labbookVersion = "0.2.0"
