package dev.percept.app.explain;

import dev.percept.core.Labels;
import dev.percept.core.PerceptException;
import dev.percept.core.Target;
import dev.percept.image.PictureFolder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A class to explain and the pictures to explain it on.
 *
 * @param target the class
 * @param pictures its pictures
 */
record ClassSource(Target target, PictureFolder pictures) {
  /** What a user writes instead of a class to have every sub-folder explained. */
  static final String EACH = "each";

  /**
   * Which pictures belong to {@code query}.
   *
   * @param query an index, wnid or name; or {@code each}
   * @param notes receives what the user should know about the choice
   */
  static List<ClassSource> of(
      PictureFolder folder, String query, Labels labels, List<String> notes) {
    Map<String, Target> matched = matched(folder, labels);
    if (!query.equals(EACH)) {
      Target target = labels.resolve(query);
      List<String> own =
          matched.entrySet().stream()
              .filter(e -> e.getValue().index() == target.index())
              .map(Map.Entry::getKey)
              .toList();
      if (own.size() == 1) {
        return List.of(new ClassSource(target, folder.only(own.get(0))));
      }
      if (!folder.classes().isEmpty()) {
        notes.add(
            "no sub-folder of '"
                + folder.name()
                + "' is named after class '"
                + target.label()
                + "', so the pictures of all sub-folders are used");
      }
      return List.of(new ClassSource(target, folder));
    }
    if (folder.classes().isEmpty()) {
      throw new PerceptException(
          "'"
              + folder.name()
              + "' has no sub-folders with pictures, so '-c each' has no classes; name one class with"
              + " -c");
    }
    List<String> unmatched =
        folder.classes().stream().filter(name -> !matched.containsKey(name)).toList();
    if (matched.isEmpty()) {
      throw new PerceptException(
          "no sub-folder of '"
              + folder.name()
              + "' is named after a class ("
              + String.join(", ", unmatched)
              + "); name them by index, wnid or label, and give the names of the classes with"
              + " --labels");
    }
    if (!unmatched.isEmpty()) {
      notes.add("sub-folders that name no class are left out: " + String.join(", ", unmatched));
    }
    List<ClassSource> sources = new ArrayList<>();
    Map<Integer, String> taken = new LinkedHashMap<>();
    matched.forEach(
        (name, target) -> {
          String other = taken.putIfAbsent(target.index(), name);
          if (other != null) {
            throw new PerceptException(
                "sub-folders '"
                    + other
                    + "' and '"
                    + name
                    + "' are both class "
                    + target.index()
                    + " ("
                    + target.label()
                    + "); put their pictures into one");
          }
          sources.add(new ClassSource(target, folder.only(name)));
        });
    return sources;
  }

  private static Map<String, Target> matched(PictureFolder folder, Labels labels) {
    Map<String, Target> matched = new LinkedHashMap<>();
    for (String name : folder.classes()) {
      OptionalInt index = labels.matchFolder(name);
      if (index.isPresent()) {
        matched.put(name, labels.target(index.getAsInt()));
      }
    }
    return matched;
  }
}
