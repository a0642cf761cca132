/// Every word and sentence that Labbook writes into figures, tables and pages.
///
/// A language has a text for each; `{1}` in it stands for the first value, `{1:run|runs}` for `run` where
/// the first value is 1 and for `runs` else.
public enum Phrase: String, Hashable, Sendable, CaseIterable {
  // Nouns after a number, or alone.
  case nounSeed, nounDataSeed, nounFold, nounNetwork, nounRun, nounRow, nounConfiguration,
    counted, countedRange, range, and, percent, none, networks, models, configurations, valuesOf

  // How runs stand.
  case statusPlanned, statusRunning, statusCompleted, statusDiverged, statusStopped,
    statusInterrupted, statusFailed, allEnded, either

  // Parts of the data, and what is measured on them.
  case partTrain, partVal, partTest, partBatch, loss, accuracy, lossOf, accuracyOf, objectiveOf,
    metricRate, metricGradientNorm, bestMetric

  // Keys of a file as axes, columns and legends show them.
  case keyModel, keyVariant, keyOptimizer, keyRate, keyBatch, keyEpochs, keySteps, keySeed,
    keyDataSeed, keyNoise, keyDecay, keyMomentum, keySchedule, keyInit, keyActivation, keyHidden,
    keyDropout, keyShuffle, keyClip, keyNormalize, keyFold

  // Columns of a run's table.
  case columnDuration, columnStatus, columnRun, columnKey, columnExperiment, columnSweep,
    columnCreated, columnStarted, columnEnded

  // Bands around means.
  case bandStd, bandStdLog, bandSem, bandSemLog, bandCi, bandCiLog, bandQuartiles, bandRange,
    meanOver, meanBandOver, bandOfLogarithm, bandOfLogarithmOf

  // Axes.
  case axisEpoch, axisStep, axisTime, axisSamples, unitShare, unitSeconds, unitMinutes,
    unitHours, unitDays, rowsAxis, weight, weightsAxis, layer, input, unit, output, axisOf,
    axisOfWeights, gradientNorm, shareExplained, shareOfTrueClass, predictedClass, trueClass,
    trueClassRecall, learningRate, trainingLoss, fromTheInput, axesOver, lighterIsLess

  // Legends and titles of panels.
  case classHeading, asMeasured, more, allDiverged, dataLegend, meanLegend, predictionLegend,
    aNetwork, endsOfData, oneDeviation, deviations, fitMeans, function, derivative, first,
    middle, last, start, end, smoothed, eachBatch, suggested, fallsFastest, least, forward,
    derivatives, activationMeans, activationDeviations, gradientNorms, beforeTraining,
    afterTraining, afterEpoch, afterLastEpoch, afterLastUpdate, bestWeights, bestFirstSeed,
    firstSeed, sumOver, judgedPart, mistakenImage, wrongOf, worstOfPart, blueRed, pictureAUnit,
    rotatedByV, scaledByS, rotatedByU, foldNumber, seedNumber, fullBatch, singleSamples,
    miniBatches, rateRises, rateRisesMeans, lineIsConfiguration, lineIsMean, bestOfEach, noValue,
    someOf, divergedOf, updatesEach, updatesRange, landscapeWords, series

  // Titles of figures.
  case titleBoundary, titleStretch, titleNetwork, titleLayers, titleGradients, titleFit,
    titleWeights, titleConfusion, titleMistakes, titleLandscape, against, overBoth,
    ofEveryConfiguration, dependsOn

  // Small print of figures.
  case pointsDrawn, panelsPartLines, noCommonValueIn, noCommonValue, smoothedNote,
    noPlaceOnLogarithm, noPlaceOf, zeroNorm, neighboursShare, neighboursShareOf, othersGrey,
    diverged, leftOutOfMeans, leftOutCross, leftOutCrossOf, andLeftOut, detailsNotTold,
    divergedCrosses, withoutValueLeftOut, divergedCells, emptyCells, tooManyCells, hatchedRows,
    smallCells, namesLackRoom, axesLackRoom, scaleFromZeroToOne,
    furtherColumns, numbersNotFinite, thickIsBest, parallelDiverged, configurationsWithoutValue,
    greyLoss, filtersDrawn, weightsNotFinite, framesMissing, withoutResult, withoutResultFailed,
    bestDrawn, firstDrawn, firstDrawnTop, leftOut, withoutWeights, noNetworkLeft, noRunLeft,
    weightsBefore, divergedNames, lossMeasuredOn, importanceOf, importanceOfLogarithm,
    divergedLeftOut, mostImportant, withoutPicture, firstShown, noPicture, movesThrough,
    stillOfMoving

  // Tables.
  case note, notRun, firstOf, standsByBest, standsByBestOf, badRuns, accepted, valuesAreFinal,
    valuesOfLeast, valuesOfGreatest, partSampling, pooledSentence, pooledOver, pooledOverColumn,
    countsOf, foldsApproximate, bestConfiguration, difference, interval, approximateInterval,
    inWords, isBaseline, adjustedByHolm, divergedLeft, noValues, noValuesYet, commonSeeds,
    seedsNotCommon, nothingToCompare, notANumber, tooFew, exactlySame, noDifference, greater,
    smaller, better, worse, welchInterval, withEvery, withSome, noSpread, notSureAmong,
    overOtherConfigurations, overCommonConfigurations, bestBy, comparedWith, worstRows,
    confusionOf, gradientsAgainst, firstUpdateOf, theNetwork, trueByPredicted, recall, all, row,
    trueColumn, target, predicted, askedAfterLast, gradcheckNote, wrongGradients, kind, compared,
    skipped, gradients, wholeGraph, right, wrong, firstWeights, rowNumber, targetIs,
    probabilitiesAre, lossIs, meanLossIs, rateIs, momentumIs, normIs, clippedBy, stepBefore,
    stepGradient, stepSum, stepDecay, stepStep, stepAfter, stepMean, stepSquare, stepVelocity,
    stepTotal, stepRate, stepApart, stepMemoryBefore

  // Claims and questions.
  case held, notHeld, undecided, claimIs, claimDoesNotHold, claimIsUndecided, runsWithoutResult,
    neitherTrueNorFalse, partsUndecided, noComparison, isNotANumber, badInCall,
    oneSeedNoInterval, oneSeedNoSpread, fewerThanTwoCommon, tooManyNeeded, aboutNeeded,
    decidedByMeans, studentOver, welchOver, jackknifeOver, overCombinations, leftMinusRight,
    ofChoice, choiceIsKept, withoutLeftOut, asideLeftOut, withoutValue, notRunYet, notRunYetOf,
    noRunMatches, noSeedInCommon, noRunHasValue

  // Pages.
  case sweepLabel, howMade, inCommon, pictureNotWhole, noRows, notDrawn, sweepNotRun, notebooks,
    allNotebooks, notebookCount, claimsHold, claimCount, runsFact, foldsFact, seedsFact, storedFact,
    fromFact, bestOfSweep, strategyFact, stopFact, asTheFileSays, unlikeTheFile, onlyWhere,
    searchedRange, rangeLogarithmic, rangeUniform, rangeWhole, trainingTime, inAll,
    underOneSecond, timeInRuns, andMore, growthFromSweep, growthFromResults, command, labbook,
    processor, cores, system, kernels, blas, kernelsMultiply, gitCommit, filesDiffer, yes,
    trained, fromTo

  // Exercises.
  case exercise, handIn, rightWhen, answer, asksForNumber, asksForPlainNumber, asksForText,
    asksForOneOf, points, hint, hintOf
}
