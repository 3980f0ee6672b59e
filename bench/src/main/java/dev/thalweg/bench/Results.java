package dev.thalweg.bench;

import java.util.List;
import java.util.Map;

/** A run's results, as they are in its file. */
record Results(Map<String, String> machine, List<Measure> measures) {}
