package dev.percept.app.fact;

import dev.percept.bundle.SaeSweep;
import dev.percept.core.DynamicLinearModel;
import dev.percept.core.DynamicLinearStack;
import dev.percept.core.Examples;
import dev.percept.core.Labels;
import dev.percept.core.Tensor;
import dev.percept.fact.sae.SaeCard;
import dev.percept.fact.sae.SparseAutoencoder;
import dev.percept.image.PictureFolder;
import dev.percept.image.Pictures;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network that is linear in what it sees, with autoencoders inside and pictures to explain.
 *
 * @param architecture of the network, in words
 * @param stack the network, cut where the autoencoders stand, the last cut first
 * @param banks the autoencoders, in the order of the cuts
 * @param labels names of the logits
 * @param folder the files of the pictures, those that cannot be read among them
 * @param pictures as they are looked at
 * @param inputs the same pictures as the network takes them
 * @param truth class of each picture, -1 where it is not known
 * @param asked pictures that are to be explained one by one, whatever else is
 * @param notes what the user should know about the choice of pictures
 */
record FactSubject(
    String architecture,
    DynamicLinearStack stack,
    List<Bank> banks,
    Labels labels,
    PictureFolder folder,
    Pictures pictures,
    Examples inputs,
    List<Integer> truth,
    List<Integer> asked,
    List<String> notes) {

  /**
   * An autoencoder.
   *
   * @param file its name, without its folder
   * @param sha256 of its weights
   * @param stability whether its latents came back in other trainings; null where that was not
   *     measured
   */
  record Bank(
      String file,
      String sha256,
      SparseAutoencoder sae,
      SaeCard card,
      SaeSweep.@Nullable Stability stability) {}

  FactSubject {
    banks = List.copyOf(banks);
    truth = List.copyOf(truth);
    asked = List.copyOf(asked);
    notes = List.copyOf(notes);
  }

  /** The network, cut where the explained concepts are. */
  DynamicLinearModel model() {
    return stack.at(0);
  }

  /** The explained concepts. */
  SparseAutoencoder sae() {
    return banks.get(0).sae();
  }

  /** The inputs of some pictures, in their order. */
  Tensor batch(List<Integer> chosen) {
    List<Tensor> one = new ArrayList<>();
    chosen.forEach(i -> one.add(inputs.batch(i, i + 1)));
    int each = inputs.shape().size();
    float[] all = new float[chosen.size() * each];
    for (int i = 0; i < one.size(); i++) {
      one.get(i).copyTo(0, all, i * each, each);
    }
    return Tensor.wrap(inputs.shape().batch(chosen.size()), all);
  }
}
