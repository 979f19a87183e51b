package dev.percept.onnx;

import dev.percept.core.PerceptException;
import dev.percept.onnx.proto.GraphProto;
import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.TensorProto;
import dev.percept.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How texts go into a model: which input takes the identities of tokens, which the mask, the types
 * and the positions. Inputs are known by their names, and where those say nothing by what the graph
 * does with them: identities and types choose rows of tables, a mask does not.
 *
 * @param inputs what the model takes, in the order of the file
 * @param batch the batch that the file fixes; 0 where any will do
 * @param tokens the length of texts that the file fixes; 0 where any will do
 * @param padding the identity that the graph itself takes for padding; −1 where it has none
 * @param firstPosition the position of the first token, where positions are an input
 * @param positions how many positions there are, where they are an input; 0 elsewhere
 */
public record TextInputs(
    List<Input> inputs, long batch, long tokens, long padding, long firstPosition, int positions) {

  /** What an input means. */
  public enum Role {
    /** Identities of tokens. */
    IDS,
    /** 1 for a token, 0 for padding. */
    MASK,
    /** Token types, also called segments. */
    TYPES,
    /** Positions of tokens. */
    POSITIONS
  }

  /**
   * One input.
   *
   * @param name as in the file
   * @param role what it means
   * @param type of its elements
   */
  public record Input(String name, Role role, ElementType type) {}

  /** A table with more rows does not hold types of tokens. */
  private static final long FEW_ROWS = 16;

  /** Tables of positions of RoBERTa and its kin have two more rows than positions. */
  private static final long TABLE_STEP = 64;

  private static final Map<Role, Set<String>> NAMES =
      Map.of(
          Role.IDS,
          Set.of("inputids", "ids", "tokens", "tokenids", "inputwordids", "wordids", "inputtokens"),
          Role.MASK,
          Set.of("attentionmask", "mask", "inputmask", "attmask", "paddingmask", "masks"),
          Role.TYPES,
          Set.of("tokentypeids", "segmentids", "inputtypeids", "segments", "tokentypes", "typeids"),
          Role.POSITIONS,
          Set.of("positionids", "positions", "inputpositions", "positionid"));

  public TextInputs {
    inputs = List.copyOf(inputs);
  }

  /** The input of a role; null where the model has none. */
  public @Nullable Input of(Role role) {
    return inputs.stream().filter(i -> i.role() == role).findFirst().orElse(null);
  }

  /** Batch, rows and tokens; −1 where open. */
  long[] axes() {
    return new long[] {
      batch > 0 ? batch : -1, dev.percept.core.TextModel.ROWS, tokens > 0 ? tokens : -1
    };
  }

  /**
   * The inputs of a model of texts; null if it is none.
   *
   * @throws PerceptException if it is one and what an input means cannot be told
   */
  static @Nullable TextInputs find(GraphProto graph, String file) {
    Map<String, TensorProto> weights = new HashMap<>();
    graph.getInitializerList().forEach(t -> weights.put(t.getName(), t));
    List<ValueInfoProto> inputs =
        graph.getInputList().stream().filter(i -> !weights.containsKey(i.getName())).toList();
    Map<String, List<TensorProto>> tables = new HashMap<>();
    for (ValueInfoProto input : inputs) {
      tables.put(input.getName(), tables(graph, input.getName(), weights));
    }
    if (inputs.stream().noneMatch(i -> isMatrix(i, false) && looksUp(i, tables))) {
      return null;
    }
    Map<Role, ValueInfoProto> roles = new EnumMap<>(Role.class);
    List<ValueInfoProto> unnamed = new ArrayList<>();
    for (ValueInfoProto input : inputs) {
      Role role = byName(input.getName());
      if (!isMatrix(input, true)) {
        throw unclear(file, input, "is no matrix of n x tokens", inputs);
      }
      if (role == null) {
        unnamed.add(input);
      } else if (roles.put(role, input) != null) {
        throw unclear(file, input, "means the same as another input", inputs);
      }
    }
    unnamed.sort((a, b) -> Long.compare(rows(b, tables), rows(a, tables)));
    for (ValueInfoProto input : unnamed) {
      Role role = byUse(input, tables, roles);
      if (role == null) {
        throw unclear(file, input, "could be anything", inputs);
      }
      roles.put(role, input);
    }
    ValueInfoProto ids = roles.get(Role.IDS);
    if (ids == null) {
      throw unclear(file, inputs.get(0), "is there, but none that takes ids of tokens", inputs);
    }
    List<Input> known = new ArrayList<>();
    for (ValueInfoProto input : inputs) {
      roles.forEach(
          (role, of) -> {
            if (of.getName().equals(input.getName())) {
              known.add(new Input(input.getName(), role, Types.type(input)));
            }
          });
    }
    ValueInfoProto positions = roles.get(Role.POSITIONS);
    long rows = positions == null ? 0 : rows(positions, tables);
    long first = rows % TABLE_STEP == 2 ? 2 : 0;
    return new TextInputs(
        known,
        fixed(inputs, 0, file),
        fixed(inputs, 1, file),
        PaddingId.find(graph, ids.getName()),
        first,
        (int) Math.max(0, rows - first));
  }

  private static @Nullable Role byName(String name) {
    String letters = name.toLowerCase(Locale.ROOT).replaceAll(":\\d+$", "");
    letters = letters.replaceAll("[^a-z]", "");
    for (Map.Entry<Role, Set<String>> e : NAMES.entrySet()) {
      if (e.getValue().contains(letters)) {
        return e.getKey();
      }
    }
    return null;
  }

  private static @Nullable Role byUse(
      ValueInfoProto input,
      Map<String, List<TensorProto>> tables,
      Map<Role, ValueInfoProto> roles) {
    if (!looksUp(input, tables)) {
      return roles.containsKey(Role.MASK) ? null : Role.MASK;
    }
    if (!roles.containsKey(Role.IDS)) {
      return Role.IDS;
    }
    boolean types = rows(input, tables) <= FEW_ROWS && !roles.containsKey(Role.TYPES);
    return types ? Role.TYPES : null;
  }

  private static boolean looksUp(ValueInfoProto input, Map<String, List<TensorProto>> tables) {
    return !tables.getOrDefault(input.getName(), List.of()).isEmpty();
  }

  private static long rows(ValueInfoProto input, Map<String, List<TensorProto>> tables) {
    return tables.getOrDefault(input.getName(), List.of()).stream()
        .mapToLong(t -> TensorData.dims(t)[0])
        .max()
        .orElse(0);
  }

  /** Two axes, of whole numbers or, for a mask, of any. */
  private static boolean isMatrix(ValueInfoProto input, boolean any) {
    long[] dims = Types.dims(input);
    ElementType type = Types.type(input);
    boolean whole = type == ElementType.INT64 || type == ElementType.INT32;
    return (dims == null || dims.length == 2)
        && (whole || (any && (type == ElementType.FLOAT || type == ElementType.BOOL)));
  }

  /** The tables of floating-point rows from which an input, as it is, chooses. */
  private static List<TensorProto> tables(
      GraphProto graph, String input, Map<String, TensorProto> weights) {
    Set<String> same = new HashSet<>(Set.of(input));
    Map<String, TensorProto> known = new HashMap<>(weights);
    List<TensorProto> tables = new ArrayList<>();
    for (NodeProto node : graph.getNodeList()) {
      // Exporters write a weight that two layers share once, and an Identity for the other.
      TensorProto value = Graph.constant(node, known);
      if (value != null) {
        known.put(node.getOutput(0), value);
      }
      if (node.getInputCount() > 0
          && Graph.HANDS_ON.contains(node.getOpType())
          && same.contains(node.getInput(0))) {
        same.add(node.getOutput(0));
      }
      if (node.getOpType().equals("Gather") && same.contains(node.getInput(1))) {
        TensorProto table = known.get(node.getInput(0));
        if (table != null
            && TensorData.dims(table).length == 2
            && TensorData.type(table).isFloating()) {
          tables.add(table);
        }
      }
    }
    return tables;
  }

  private static long fixed(List<ValueInfoProto> inputs, int axis, String file) {
    Set<Long> sizes = new HashSet<>();
    for (ValueInfoProto input : inputs) {
      long[] dims = Types.dims(input);
      if (dims != null && dims[axis] > 0) {
        sizes.add(dims[axis]);
      }
    }
    if (sizes.size() > 1) {
      throw new PerceptException(
          file
              + ": its inputs fix "
              + (axis == 0 ? "batches" : "lengths of texts")
              + " of "
              + sizes.stream().sorted().map(String::valueOf).collect(Collectors.joining(" and "))
              + ", which cannot be met at once; export it with the same for all");
    }
    return sizes.isEmpty() ? 0 : sizes.iterator().next();
  }

  private static PerceptException unclear(
      String file, ValueInfoProto input, String why, List<ValueInfoProto> all) {
    String names = all.stream().map(i -> "'" + i.getName() + "'").collect(Collectors.joining(", "));
    return new PerceptException(
        file
            + " reads texts by "
            + names
            + ", of which '"
            + input.getName()
            + "' "
            + why
            + "; name its inputs input_ids, attention_mask, token_type_ids and position_ids, each"
            + " n x tokens, or export it with the others fixed");
  }
}
