import Datasets
import FileLanguage
import NeuralNet
import Tracking

/// The lines below an unknown word of a file: what there is, and what was probably meant.
func alternatives(_ word: String, among known: [String]) -> [String] {
  alternatives(word, among: known, otherNames: OtherNames.all)
}

/// The name that was probably meant by a word of a file.
func meantName(_ word: String, among known: [String]) -> String? {
  meantName(word, among: known, otherNames: OtherNames.all)
}

/// Words that other tools have for what the file writes, in small letters without signs.
private enum OtherNames {
  /// What the file has for each.
  static let all = keys.merging(
    choices.flatMap { choice in choice.otherNames.map { ($0, choice.name) } }
  ) { key, _ in key }

  private static var choices: [Choice] {
    Losses.all + Layers.all + Optimizers.all + Schedules.all + Initializers.all + Sources.all
  }

  private static let keys = [
    "learningrate": "lr", "rate": "lr", "alpha": "lr", "wd": "weight_decay", "l2": "weight_decay",
    "batch": "batch_size", "bs": "batch_size", "maxepochs": "epochs", "numepochs": "epochs",
    "nepochs": "epochs", "maxsteps": "steps", "iterations": "steps", "scheduler": "schedule",
    "lrschedule": "schedule", "network": "model", "architecture": "model", "net": "model",
    "networks": "models", "gradclip": "clip_norm", "clip": "clip_norm", "maxnorm": "clip_norm",
    "criterion": "loss", "dataset": "data", "patience": "early_stopping", "weights": "init",
    "initialization": "init", "initialisation": "init", "sweep": "over", "grid": "over",
    "repeats": "seeds", "cells": "notebook", "betas": "beta1", "standardize": "standard",
    "zscore": "standard", "layers": "hidden", "units": "hidden", "file": "path",
  ]
}
