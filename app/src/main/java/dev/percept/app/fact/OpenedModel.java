package dev.percept.app.fact;

import dev.percept.core.Examples;
import dev.percept.core.Labels;
import dev.percept.core.SplitModel;
import dev.percept.image.Normalization;
import dev.percept.image.ResizeMode;
import java.util.Optional;

/** A network that was opened, of whichever kind, to be cut where an autoencoder sits. */
public sealed interface OpenedModel extends AutoCloseable permits OpenedBcos, OpenedOnnx {
  /**
   * Opens a network.
   *
   * @param threads of one operation
   * @throws dev.percept.core.PerceptException if it is missing or unfit
   * @throws dev.percept.core.EngineMissingException if libtorch is missing
   */
  static OpenedModel open(NetworkSource source, int threads) {
    return OpenedBcos.isOne(source)
        ? OpenedBcos.open(source, threads)
        : OpenedOnnx.open(source, threads);
  }

  /**
   * The network cut at a layer; it has gradients wherever that is possible, and then is a {@link
   * dev.percept.core.DifferentiableSplitModel}. Belongs to this and is closed with it.
   *
   * @param layer a name, or {@code auto} for the last place that makes sense
   */
  SplitModel cut(String layer);

  /**
   * Names of the classes.
   *
   * @param outputs of a cut of this network
   * @throws dev.percept.core.PerceptException if the file that was named has another number
   */
  Labels labels(int outputs);

  /** How the network's own file says that values of pictures are prepared, if it does. */
  Optional<Normalization> normalization();

  /** How it says that pictures are brought to size, if it does. */
  Optional<ResizeMode> resize();

  /**
   * What goes into the network.
   *
   * @param pictures of three channels, prepared as {@link #normalization} says
   */
  Examples inputs(Examples pictures);

  @Override
  void close();
}
