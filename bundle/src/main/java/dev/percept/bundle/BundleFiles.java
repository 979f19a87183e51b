package dev.percept.bundle;

import java.util.List;

/** The names of the files of a bundle. */
final class BundleFiles {
  static final String BUNDLE = "bundle.json";
  static final String IMPORTANCE = "importance.json";
  static final String DICTIONARY = "dictionary.safetensors";
  static final String CODES = "codes.safetensors";
  static final String TIMINGS = "timings.json";
  static final String REPORT = "report.html";

  /** Listed only where there are maps. */
  static final String MAPS = "maps.safetensors";

  /** The field of {@code bundle.json} that lists every other file but those that may change. */
  static final String FILES = "files";

  /** Listed in every bundle. */
  static final List<String> PARTS = List.of(IMPORTANCE, DICTIONARY, CODES);

  /** Not listed: times differ between equal runs, and the page is made again with other names. */
  static final List<String> UNLISTED = List.of(BUNDLE, TIMINGS, REPORT);

  private BundleFiles() {}
}
