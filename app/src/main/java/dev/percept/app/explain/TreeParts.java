package dev.percept.app.explain;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.ConceptTree;
import dev.percept.core.Importance;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.SplitModel;
import dev.percept.core.StackedModel;
import dev.percept.core.Tensor;
import dev.percept.engine.onnx.OnnxSplitModel;
import dev.percept.engine.onnx.OnnxStackedModel;
import dev.percept.image.Crops;
import dev.percept.image.Pictures;
import dev.percept.methods.craft.ConceptNode;
import dev.percept.methods.craft.CraftResult;
import dev.percept.methods.craft.Recursion;
import dev.percept.methods.factorization.Nmf;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes the concepts of a class apart, and says so as a bundle has it. */
final class TreeParts {
  private final String key;
  private final Pictures pictures;
  private final Crops crops;
  private final Map<String, Tensor> dictionary;
  private final Map<String, Tensor> codes;
  private final Map<String, byte[]> files;

  /**
   * @param dictionary receives dictionaries of sub-concepts
   * @param codes receives their codes
   * @param files receives their crops
   */
  TreeParts(
      String key,
      Pictures pictures,
      Crops crops,
      Map<String, Tensor> dictionary,
      Map<String, Tensor> codes,
      Map<String, byte[]> files) {
    this.key = key;
    this.pictures = pictures;
    this.crops = crops;
    this.dictionary = dictionary;
    this.codes = codes;
    this.files = files;
  }

  /** The model at the layers that were asked for. */
  static OnnxStackedModel open(OnnxSplitModel model, TreeRequest request) {
    return request.layers().isEmpty()
        ? model.stack(request.depth())
        : model.stack(request.layers());
  }

  ConceptTree tree(
      StackedModel stack, ExplainRequest request, TreeRequest tree, CraftResult result, Run run) {
    refuseSigned(stack, request);
    Recursion standard = Recursion.of(tree.concepts(), tree.depth(), tree.threshold());
    Recursion recursion =
        new Recursion(
            request.extractor(),
            standard.importance(),
            standard.options().withBatch(request.inputs().batch()));
    List<ConceptNode> roots =
        recursion.grow(
            stack,
            new Recursion.Roots(
                result.bank(),
                result.cropCodes(),
                result.statistics().stream().map(CraftResult.OfConcept::consistency).toList(),
                result.importance().concepts()),
            crops,
            CropBoxes.of(crops),
            result.target(),
            run);
    List<ConceptTree.Layer> layers = new ArrayList<>();
    for (int cut = 1; cut <= tree.depth(); cut++) {
      SplitModel at = stack.at(cut);
      layers.add(
          new ConceptTree.Layer(
              at.info().layer(),
              at.info().operator(),
              at.features(),
              at.grid().rows(),
              at.grid().columns()));
    }
    return new ConceptTree(
        tree.threshold(),
        tree.depth(),
        layers,
        roots.stream().map(node -> node(node, null)).toList());
  }

  /** Better refused on a few crops than by the factorisation of many. */
  private void refuseSigned(StackedModel stack, ExplainRequest request) {
    if (!(request.extractor() instanceof Nmf)) {
      return;
    }
    for (int cut = 1; cut < stack.cuts(); cut++) {
      if (stack.at(cut).info().nonNegative()) {
        continue;
      }
      Tensor some = stack.at(cut).activations(crops.batch(0, Math.min(4, crops.size()))).values();
      for (int i = 0; i < some.shape().size(); i++) {
        if (some.get(i) < 0) {
          throw new PerceptException(
              "'"
                  + stack.at(cut).info().layer()
                  + "' has negative values ("
                  + some.get(i)
                  + "), which NMF cannot factorise: name a layer in --layers whose values are at"
                  + " least 0 ('percept inspect' shows which), add --rectify, or use --extractor"
                  + " semi-nmf");
        }
      }
    }
  }

  private ConceptTree.Node node(ConceptNode node, ConceptNode.@Nullable Split within) {
    ConceptNode.Split split = node.split();
    if (split != null) {
      String name = key + "/tree-" + path(node);
      dictionary.put(name + "/dictionary", split.dictionary().atoms());
      codes.put(name + "/codes", split.codes());
    }
    Importance.OfConcept forParent = node.forParent();
    return new ConceptTree.Node(
        node.path(),
        node.consistency().agreement(),
        node.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        forParent == null ? null : effect(forParent),
        effect(node.forClass()),
        within == null ? List.of() : excerpts(node, within),
        split == null
            ? null
            : new ConceptTree.Split(
                split.members(),
                split.agreement(),
                split.reconstruction(),
                split.kept(),
                split.parentEstimator(),
                split.classEstimator(),
                split.examples(),
                split.children().stream().map(child -> node(child, split)).toList()));
  }

  private static String path(ConceptNode node) {
    return node.path().stream().map(String::valueOf).collect(Collectors.joining("-"));
  }

  private static ConceptTree.Effect effect(Importance.OfConcept of) {
    return new ConceptTree.Effect(of.total(), of.low(), of.high(), of.sign());
  }

  private List<Bundle.Excerpt> excerpts(ConceptNode node, ConceptNode.Split within) {
    float largest = 0;
    for (int i = 0; i < within.codes().rows(); i++) {
      largest = Math.max(largest, within.codes().get(i, node.id()));
    }
    double width = pictures.shape().dim(2);
    double height = pictures.shape().dim(1);
    List<Bundle.Excerpt> excerpts = new ArrayList<>();
    for (int crop : node.crops()) {
      String file = "excerpts/" + key + "/t" + path(node) + "-" + (excerpts.size() + 1) + ".jpg";
      files.put(file, Jpeg.encode(crops.view(crop)));
      float value = within.codes().get(within.members().indexOf(crop), node.id());
      excerpts.add(
          new Bundle.Excerpt(
              "top",
              file,
              crops.picture(crop),
              crops.box(crop).x() / width,
              crops.box(crop).y() / height,
              crops.box(crop).width() / width,
              crops.box(crop).height() / height,
              largest > 0 ? value / largest : 0));
    }
    return excerpts;
  }
}
