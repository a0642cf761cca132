// What every page of Labbook does: keys, and links that keep their place.
"use strict";
