package dev.percept.onnx;

import dev.percept.core.Grid;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What there is to know about a model before it is explained; plain values, ready to be printed.
 *
 * @param file the file's name
 * @param sha256 of the file
 * @param bytes its size
 * @param opset version of the operator set
 * @param producer what wrote the file; empty where it does not say
 * @param input the input's name
 * @param inputShape its axes, for example {@code N x 3 x 224 x 224}
 * @param inputType the type of its values
 * @param fixedBatch the batch that the file fixes; 0 where any will do
 * @param output the output that is explained
 * @param logits the tensor of the logits: {@code output}, or what a softmax at the end reads
 * @param logitsShape its axes
 * @param stripped the operator that is left off behind the logits; null where there is none
 * @param nodes the number of operators
 * @param parameters the number of weights
 * @param cuts the tensors between input and logits in topological order
 * @param auto the tensor that {@code auto} takes; null where it finds none
 * @param texts how texts go in; null for a model of something else
 */
public record Inspection(
    String file,
    String sha256,
    long bytes,
    int opset,
    String producer,
    String input,
    String inputShape,
    String inputType,
    long fixedBatch,
    String output,
    String logits,
    String logitsShape,
    @Nullable String stripped,
    int nodes,
    long parameters,
    List<Row> cuts,
    @Nullable String auto,
    @Nullable Texts texts) {
  public Inspection {
    cuts = List.copyOf(cuts);
  }

  /**
   * How a model reads texts.
   *
   * @param inputs what it takes, in the order of the file
   * @param shape the axes of each, for example {@code N x T}
   * @param maxTokens the longest text
   * @param vocabulary how many tokens it knows; 0 where that is not clear
   * @param pooling how one row is made of those of all tokens; null where that is not clear
   * @param reads what the head reads, in words; null where that is not clear
   */
  public record Texts(
      List<TextInput> inputs,
      String shape,
      int maxTokens,
      int vocabulary,
      @Nullable String pooling,
      @Nullable String reads) {
    public Texts {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * An input of a model of texts.
   *
   * @param name as in the file
   * @param role what it means, as one of {@link TextInputs.Role} in small letters
   * @param type of its elements
   */
  public record TextInput(String name, String role, String type) {}

  /**
   * One tensor.
   *
   * @param tensor its name
   * @param operator what makes it
   * @param shape its axes, {@code unknown} where they are not known
   * @param clean whether every path from input to logits crosses it
   * @param spatial whether it has more than one place
   * @param nonNegative whether its values are non-negative by construction
   * @param auto whether {@code auto} takes it
   * @param features p; 0 where the shape does not fit a cut
   * @param rows rows of places; 0 where the shape does not fit a cut
   * @param columns columns of places; 0 where the shape does not fit a cut
   * @param leading tokens before the places that are none, such as a class token
   * @param trailing such tokens behind the places
   * @param layout how these are known: {@code plain} (there are none), {@code graph}, {@code count}
   * @param reaches whether what the places hold can reach the logits
   */
  public record Row(
      String tensor,
      String operator,
      String shape,
      boolean clean,
      boolean spatial,
      boolean nonNegative,
      boolean auto,
      int features,
      int rows,
      int columns,
      int leading,
      int trailing,
      String layout,
      boolean reaches) {}

  /** Inspects {@code cuts}. */
  public static Inspection of(Cuts cuts) {
    OnnxModel model = cuts.model();
    Cut auto = cuts.auto();
    String input = model.graph().inputName();
    String logits = cuts.logits().tensor();
    String producer =
        (model.proto().getProducerName() + " " + model.proto().getProducerVersion()).strip();
    return new Inspection(
        model.name(),
        model.sha256(),
        model.bytes(),
        model.opset(),
        producer,
        input,
        Dim.words(cuts.shapes().input()),
        cuts.shapes().type(input).toString(),
        cuts.shapes().fixedBatch(),
        cuts.logits().output(),
        logits,
        Dim.words(cuts.shapes().dims(logits)),
        cuts.logits().stripped(),
        model.graph().nodes().size(),
        model.graph().initializers().values().stream()
            .filter(t -> TensorData.type(t).isFloating())
            .mapToLong(TensorData::count)
            .sum(),
        cuts.all().stream().map(c -> row(c, auto, cuts.tokenAxes(c.tensor()).isEmpty())).toList(),
        auto == null ? null : auto.tensor(),
        texts(cuts));
  }

  private static @Nullable Texts texts(Cuts cuts) {
    TextInputs inputs = cuts.model().texts();
    if (inputs == null) {
      return null;
    }
    Pooling pooling = cuts.pooling();
    WordEmbedding words = WordEmbedding.find(cuts.model().graph());
    List<Dim> dims = cuts.shapes().input();
    return new Texts(
        inputs.inputs().stream()
            .map(
                i ->
                    new TextInput(
                        i.name(), i.role().name().toLowerCase(Locale.ROOT), i.type().toString()))
            .toList(),
        Dim.words(List.of(dims.get(0), dims.get(2))),
        cuts.shapes().maxTokens(),
        words == null ? 0 : words.vocabulary(),
        pooling == null ? null : pooling.kind().name().toLowerCase(Locale.ROOT),
        pooling == null ? null : pooling.words());
  }

  private static Row row(Cut cut, @Nullable Cut auto, boolean usable) {
    Grid grid = usable ? cut.grid() : null;
    return new Row(
        cut.tensor(),
        cut.operator(),
        cut.shape(),
        cut.clean(),
        usable && cut.spatial(),
        cut.nonNegative(),
        cut.equals(auto),
        usable ? cut.features() : 0,
        grid == null ? 0 : grid.rows(),
        grid == null ? 0 : grid.columns(),
        grid == null ? 0 : grid.leading(),
        grid == null ? 0 : grid.trailing(),
        cut.layout().name().toLowerCase(Locale.ROOT),
        cut.reaches());
  }
}
