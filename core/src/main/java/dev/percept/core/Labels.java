package dev.percept.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The names of a model's classes, in the order of its logits, and for ImageNet their WordNet
 * numbers (wnids, for example {@code n02123159}). Immutable.
 *
 * <p>Names are compared without regard to case; an underscore is a space. Of a name such as {@code
 * "tench, Tinca tinca"} the part before the first comma is enough, as long as it is unique.
 */
public final class Labels {
  private static final Pattern WNID = Pattern.compile("n\\d{8}");
  private static final Pattern WNID_NAME = Pattern.compile("(n\\d{8})[_ -]+([^_ -].*)");
  private static final Pattern INDEX_NAME = Pattern.compile("(\\d{1,9})[_ -]+(.+)");

  private final List<String> names;
  private final List<String> wnids;

  private Labels(List<String> names, List<String> wnids) {
    this.names = List.copyOf(names);
    this.wnids = List.copyOf(wnids);
  }

  /** Labels by name alone. */
  public static Labels of(List<String> names) {
    return of(names, List.of());
  }

  /**
   * Labels with wnids.
   *
   * @param wnids as many as names, or empty where there are none
   * @throws IllegalArgumentException if the numbers differ, a name is blank or a wnid stands twice
   */
  public static Labels of(List<String> names, List<String> wnids) {
    if (!wnids.isEmpty() && wnids.size() != names.size()) {
      throw new IllegalArgumentException(
          "labels: " + names.size() + " names, but " + wnids.size() + " wnids");
    }
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).isBlank()) {
        throw new IllegalArgumentException("labels: the name of class " + i + " is empty");
      }
      int first = wnids.isEmpty() ? i : wnids.indexOf(wnids.get(i));
      if (first != i) {
        throw new IllegalArgumentException(
            "labels: wnid " + wnids.get(i) + " stands twice, at " + first + " and " + i);
      }
    }
    return new Labels(names.stream().map(String::strip).toList(), wnids);
  }

  /**
   * Labels of classes that are called as folders are. Where every folder is called {@code
   * wnid_name} ({@code n03888257_parachute}), the names are what follows the wnid, an underscore
   * becoming a space; else they are the folders' own.
   *
   * @param folders in the order of the logits, no two the same
   */
  public static Labels ofFolders(List<String> folders) {
    List<Matcher> halves = folders.stream().map(WNID_NAME::matcher).toList();
    boolean all = !halves.isEmpty() && halves.stream().allMatch(Matcher::matches);
    if (!all || halves.stream().map(m -> m.group(1)).distinct().count() < folders.size()) {
      return of(folders);
    }
    return of(
        halves.stream().map(m -> m.group(2).replace('_', ' ').strip()).toList(),
        halves.stream().map(m -> m.group(1)).toList());
  }

  /** Labels of a model whose names nobody knows: {@code "0", "1", ...}. */
  public static Labels numbered(int size) {
    return new Labels(IntStream.range(0, size).mapToObj(Integer::toString).toList(), List.of());
  }

  /** How many classes are named. */
  public int size() {
    return names.size();
  }

  /** The names, in the order of the logits. */
  public List<String> names() {
    return names;
  }

  /** The name of class {@code index}. */
  public String name(int index) {
    return names.get(index);
  }

  /** The wnid of class {@code index}, where wnids are known. */
  public Optional<String> wnid(int index) {
    return wnids.isEmpty() ? Optional.empty() : Optional.of(wnids.get(index));
  }

  /** Class {@code index} as a target. */
  public Target target(int index) {
    return new Target(index, name(index));
  }

  /**
   * The class that {@code query} names: an index, a wnid, or a name. Where a number is both an
   * index and the name of another class, {@code index:7} and {@code name:7} say which is meant.
   *
   * @throws PerceptException if there is none (with the nearest names), or more than one (with
   *     their indices)
   */
  public Target resolve(String query) {
    String q = query.strip();
    List<Integer> found = new ArrayList<>();
    if (q.startsWith("index:")) {
      asIndex(q.substring(6)).ifPresent(found::add);
    } else if (q.startsWith("name:")) {
      found.addAll(named(q.substring(5)));
    } else {
      int wnid = wnids.indexOf(q.toLowerCase(Locale.ROOT));
      if (wnid >= 0) {
        return target(wnid);
      }
      asIndex(q).ifPresent(found::add);
      named(q).stream().filter(i -> !found.contains(i)).forEach(found::add);
    }
    if (found.size() > 1) {
      throw new PerceptException(
          "class '" + q + "' is not unique: " + describe(found) + "; give its index, as index:N");
    }
    if (found.isEmpty()) {
      throw new PerceptException("no class '" + q + "'" + nearest(q));
    }
    return target(found.get(0));
  }

  /**
   * The class whose pictures lie in a folder called {@code folder}: its index, wnid, name, {@code
   * wnid_name} or {@code index_name}. Empty if it is none of these.
   *
   * @throws PerceptException if the folder fits more than one class, or its two halves contradict
   *     each other
   */
  public OptionalInt matchFolder(String folder) {
    Optional<Target> whole = lookup(folder);
    if (whole.isPresent()) {
      return OptionalInt.of(whole.get().index());
    }
    Matcher wnid = WNID_NAME.matcher(folder);
    Matcher number = INDEX_NAME.matcher(folder);
    if (wnid.matches()) {
      return agreed(folder, wnids.indexOf(wnid.group(1)), named(wnid.group(2)));
    }
    if (number.matches() && !named(number.group(2)).isEmpty()) {
      return agreed(folder, asIndex(number.group(1)).orElse(-1), named(number.group(2)));
    }
    return OptionalInt.empty();
  }

  /**
   * Why these labels do not belong to a model with {@code outputs} logits, as a sentence; empty if
   * they do.
   */
  public Optional<String> mismatch(int outputs) {
    if (outputs == size()) {
      return Optional.empty();
    }
    String hint =
        switch (outputs - size()) {
          case 1 ->
              "; models of the TensorFlow family have a class 'background' before all others: if"
                  + " yours does, put that name first in the label file";
          case -1 ->
              "; if the first name is 'background', take it out, for this model has no such class";
          default -> "; take the label file that belongs to this model";
        };
    return Optional.of(
        "labels: " + size() + " names, but the model has " + outputs + " logits" + hint);
  }

  private Optional<Target> lookup(String folder) {
    int wnid = wnids.indexOf(folder);
    if (wnid >= 0) {
      return Optional.of(target(wnid));
    }
    // A folder "7" of a label file with the names "0" to "9" means both the index and the name.
    boolean known = asIndex(folder).isPresent() || !named(folder).isEmpty();
    return known ? Optional.of(resolve(folder)) : Optional.empty();
  }

  /** {@code first} (-1 if unknown) and {@code second} must not name different classes. */
  private OptionalInt agreed(String folder, int first, List<Integer> second) {
    if (first < 0) {
      return second.isEmpty() ? OptionalInt.empty() : OptionalInt.of(single(folder, second));
    }
    if (second.size() == 1 && second.get(0) != first) {
      throw new PerceptException(
          "folder '"
              + folder
              + "' contradicts itself: its number is "
              + describe(List.of(first))
              + ", its name "
              + describe(second)
              + "; rename it or take the right label file");
    }
    return OptionalInt.of(first);
  }

  private int single(String folder, List<Integer> found) {
    if (found.size() > 1) {
      throw new PerceptException(
          "folder '" + folder + "' fits more than one class: " + describe(found) + "; rename it");
    }
    return found.get(0);
  }

  private OptionalInt asIndex(String text) {
    String t = text.strip();
    if (!t.matches("\\d{1,9}") || Integer.parseInt(t) >= size()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(t));
  }

  /** The classes whose whole name, or the part of it before the first comma, is {@code name}. */
  private List<Integer> named(String name) {
    String key = key(name);
    return IntStream.range(0, size())
        .filter(i -> key.equals(key(names.get(i))) || key.equals(key(head(names.get(i)))))
        .boxed()
        .toList();
  }

  private static String head(String name) {
    int comma = name.indexOf(',');
    return comma < 0 ? name : name.substring(0, comma);
  }

  private static String key(String name) {
    return name.replace('_', ' ').strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }

  private String describe(List<Integer> indices) {
    return indices.stream()
        .map(i -> "class " + i + " (" + names.get(i) + ")")
        .collect(Collectors.joining(", "));
  }

  private String nearest(String query) {
    String q = query.replaceFirst("^(index|name):", "");
    if (q.matches("\\d+")) {
      return "; the classes are 0 to " + (size() - 1);
    }
    if (WNID.matcher(q).matches()) {
      return wnids.isEmpty()
          ? "; these labels have no wnids: give an index or a name"
          : "; no class has this wnid";
    }
    String key = key(q);
    record Candidate(int distance, int index) {}
    String names =
        IntStream.range(0, size())
            .mapToObj(i -> new Candidate(distance(key, i), i))
            .sorted(
                (a, b) ->
                    a.distance != b.distance
                        ? Integer.compare(a.distance, b.distance)
                        : Integer.compare(a.index, b.index))
            .limit(3)
            .map(c -> this.names.get(c.index))
            .collect(Collectors.joining("', '"));
    return "; nearest: '" + names + "'";
  }

  /** Edit distance; a name that shares a word or a beginning with the query counts as near. */
  private int distance(String key, int index) {
    String name = key(names.get(index));
    TreeSet<String> words = new TreeSet<>(Stream.of(name.split("[ ,()]+", -1)).toList());
    boolean related = name.contains(key) || Stream.of(key.split(" ", -1)).anyMatch(words::contains);
    int edits = Math.min(edits(key, name), edits(key, key(head(names.get(index)))));
    return related ? Math.min(edits, 1) : edits;
  }

  private static int edits(String a, String b) {
    int[] row = IntStream.rangeClosed(0, b.length()).toArray();
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + cost);
        diagonal = row[j];
        row[j] = best;
      }
    }
    return row[b.length()];
  }
}
