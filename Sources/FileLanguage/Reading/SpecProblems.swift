import Tracking

/// Collects everything that is wrong while a file is read, so that all of it is told at once.
package final class SpecProblems {
  package private(set) var list: [Diagnostic] = []
  /// Whether a base could not be read, so that what the file lacks may stand there.
  package var lacksBase = false

  /// Starts with nothing wrong.
  package init() {}

  /// After so many errors further ones help nobody.
  package static let most = 100

  /// Adds an error.
  package func report(_ mark: Mark, _ message: String, _ notes: [String] = []) {
    list.append(Diagnostic(mark, message, notes: notes))
  }

  /// Adds errors found elsewhere.
  package func report(_ diagnostics: [Diagnostic]) { list += diagnostics }
}

/// The lines below an unknown word: what there is, and what was probably meant.
package func alternatives(_ word: String, among known: [String]) -> [String] {
  guard !known.isEmpty else { return [] }
  var notes = ["expected one of: " + known.joined(separator: ", ")]
  if let near = meantName(word, among: known) { notes.append("did you mean '\(near)'?") }
  return notes
}

/// The name that was probably meant: a near one, what other tools call it, or a shorter form of it.
package func meantName(_ word: String, among known: [String]) -> String? {
  if let near = nearestName(to: word, among: known) { return near }
  let plain = word.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
  if let name = otherNames[plain], known.contains(name) { return name }
  return known.first { $0.count > 2 && plain.hasPrefix($0.filter { $0 != "_" && $0 != "-" }) }
}

/// Words that other tools have for keys and values of the file.
private let otherNames = [
  "learningrate": "lr", "rate": "lr", "alpha": "lr", "wd": "weight_decay", "l2": "weight_decay",
  "batch": "batch_size", "bs": "batch_size", "maxepochs": "epochs", "numepochs": "epochs",
  "nepochs": "epochs", "maxsteps": "steps", "iterations": "steps", "scheduler": "schedule",
  "lrschedule": "schedule", "network": "model", "architecture": "model", "net": "model",
  "networks": "models", "gradclip": "clip_norm", "clip": "clip_norm", "maxnorm": "clip_norm",
  "criterion": "loss", "dataset": "data", "patience": "early_stopping", "weights": "init",
  "initialization": "init", "initialisation": "init", "fc": "linear", "dense": "linear",
  "crossentropyloss": "cross-entropy", "nllloss": "nll", "mseloss": "mse", "l2loss": "mse",
  "squared": "mse", "sweep": "over", "grid": "over", "repeats": "seeds", "cells": "notebook",
  "betas": "beta1", "he": "kaiming-normal", "glorot": "xavier-uniform",
  "kaiming": "kaiming-uniform", "xavier": "xavier-uniform", "standardize": "standard",
  "zscore": "standard", "layers": "hidden", "units": "hidden", "file": "path",
  "mnist": "fashion-mnist",
]

/// The file name that was probably meant.
package func nearestFile(to name: String, among names: [String]) -> String? {
  nearestName(to: name, among: names.filter { !$0.hasPrefix(".") && $0 != name }.sorted())
}
