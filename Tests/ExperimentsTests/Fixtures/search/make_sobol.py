"""Writes sobol.csv: points 0 to 32 and 999 of SciPy's unscrambled Sobol sequence in 64 dimensions.

python make_sobol.py > sobol.csv
"""
import warnings

from scipy.stats import qmc

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Sizes that are no power of two.
    points = qmc.Sobol(d=64, scramble=False, bits=32).random(1000)
for number in [*range(33), 999]:
    print(number, *(repr(float(x)) for x in points[number]), sep=",")
