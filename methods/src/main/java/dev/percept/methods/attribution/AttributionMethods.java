package dev.percept.methods.attribution;

import dev.percept.core.CutScore;
import dev.percept.core.DifferentiableScore;
import dev.percept.core.RectifierScore;
import dev.percept.core.Score;
import dev.percept.methods.hsic.Hsic;
import dev.percept.methods.importance.Sampler;
import dev.percept.methods.importance.TotalEstimator;
import java.util.List;
import java.util.Optional;

/** All attribution methods by name, with default options. */
public final class AttributionMethods {
  private static final List<AttributionMethod<?>> ALL =
      List.of(
          new AttributionMethod<>(
              "occlusion",
              Score.class,
              "How far the score falls when a patch is replaced by the baseline, patch by patch. Of"
                  + " two signs, of which one would do, it sees neither.",
              (s, input) -> {
                int patch = Math.max(1, Math.min(input.dim(1), input.dim(2)) / 7);
                return new Occlusion(patch, Math.max(1, patch / 2), s.baseline(), s.batch());
              }),
          new AttributionMethod<>(
              "rise",
              Score.class,
              "The mean score when a place is visible under random smooth masks, less the mean over"
                  + " all masks. Soft, and noisy with few masks.",
              (s, input) -> new Rise(s.masks(), 7, 0.5, s.baseline(), s.batch())),
          new AttributionMethod<>(
              "sobol",
              Score.class,
              "The share of the score's variance under random weights that a cell has a part in,"
                  + " alone or with others. It does not say in which direction.",
              (s, input) ->
                  new SobolAttribution(
                      Math.min(s.cells(), 22),
                      s.designs(),
                      Sampler.SOBOL,
                      TotalEstimator.JANSEN,
                      s.baseline(),
                      s.batch())),
          new AttributionMethod<>(
              "hsic",
              Score.class,
              "How far the score depends, in any way, on whether a cell is shown. It does not say in"
                  + " which direction, and a cell that does not matter is a little above zero.",
              (s, input) ->
                  new HsicAttribution(
                      s.cells(),
                      Math.max(4, s.samples()),
                      Hsic.ofBinaryMasks(),
                      s.baseline(),
                      s.batch())),
          new AttributionMethod<>(
              "lime",
              Score.class,
              "What each cell is worth in a linear model of the score around the picture. Pulled"
                  + " towards zero by its ridge penalty.",
              (s, input) -> new Lime(s.cells(), s.samples(), 0.25, 1, s.baseline(), s.batch())),
          new AttributionMethod<>(
              "kernel-shap",
              Score.class,
              "The mean contribution of each cell over the orders in which cells can appear. The"
                  + " values add up to the score less the baseline's by construction; a single one is"
                  + " noisy with few samples.",
              (s, input) ->
                  new KernelShap(
                      s.cells(),
                      Math.max(s.samples(), 2 * s.cells() * s.cells()),
                      s.baseline(),
                      s.batch())),
          new AttributionMethod<>(
              "saliency",
              DifferentiableScore.class,
              "How fast the score changes with each pixel, for a very small change. Noisy, and blind"
                  + " to parts that have already done all they can.",
              (s, input) -> new Saliency(s.batch())),
          new AttributionMethod<>(
              "gradient-input",
              DifferentiableScore.class,
              "What each pixel would add if the score were linear between baseline and picture,"
                  + " which it seldom is.",
              (s, input) -> new GradientInput(s.baseline(), s.batch())),
          new AttributionMethod<>(
              "integrated-gradients",
              DifferentiableScore.class,
              "The gradient averaged on the way from the baseline, times the difference to it. What"
                  + " looks like the baseline gets nothing, however much it matters.",
              (s, input) ->
                  new IntegratedGradients(
                      s.steps(), Quadrature.GAUSS_LEGENDRE, s.baseline(), s.batch())),
          new AttributionMethod<>(
              "gradient-shap",
              DifferentiableScore.class,
              "Integrated Gradients with random steps and a little noise: the same on average, with"
                  + " a sum that is off by chance.",
              (s, input) -> new GradientShap(s.copies(), 0.05, s.baseline(), s.batch())),
          new AttributionMethod<>(
              "smoothgrad",
              DifferentiableScore.class,
              "The gradient averaged over noisy copies of the picture: less scatter than the"
                  + " gradient itself.",
              (s, input) -> new SmoothGrad(s.copies(), 0.15, false, s.batch())),
          new AttributionMethod<>(
              "square-grad",
              DifferentiableScore.class,
              "The squared gradient averaged over noisy copies of the picture. A few strong pixels"
                  + " outshine the rest.",
              (s, input) -> new SquareGrad(s.copies(), 0.15, s.batch())),
          new AttributionMethod<>(
              "var-grad",
              DifferentiableScore.class,
              "How much the gradient changes over noisy copies of the picture, not how large it is.",
              (s, input) -> new VarGrad(s.copies(), 0.15, s.batch())),
          new AttributionMethod<>(
              "guided-backprop",
              RectifierScore.class,
              "A gradient that only positive signals carry. Sharp because it draws the picture's"
                  + " edges again; it hardly changes when the network's upper layers are random, so"
                  + " sharpness is no evidence.",
              (s, input) -> new GuidedBackprop(s.batch())),
          new AttributionMethod<>(
              "deconvnet",
              RectifierScore.class,
              "A gradient that passes rectifiers only where it is positive. As insensitive to the"
                  + " network as guided-backprop.",
              (s, input) -> new DeconvNet(s.batch())),
          new AttributionMethod<>(
              "grad-cam",
              CutScore.class,
              "Features at the layer, weighted by how the score depends on them on average: as"
                  + " coarse as that layer, negative evidence left out.",
              (s, input) -> new GradCam(true, s.batch())),
          new AttributionMethod<>(
              "grad-cam++",
              CutScore.class,
              "As grad-cam, but only locations that raise the score count: kinder to several things"
                  + " of one kind, and it always finds something.",
              (s, input) -> new GradCamPlusPlus(s.batch())));

  private AttributionMethods() {}

  /** All of them, black boxes first. */
  public static List<AttributionMethod<?>> all() {
    return ALL;
  }

  /** Those that only ask for scores. */
  public static List<AttributionMethod<?>> blackBoxes() {
    return ALL.stream().filter(AttributionMethod::isBlackBox).toList();
  }

  /** The one called {@code name}. */
  public static Optional<AttributionMethod<?>> named(String name) {
    return ALL.stream().filter(m -> m.name().equals(name)).findFirst();
  }
}
