package dev.percept.engine.torch.graph;

import dev.percept.onnx.proto.AttributeProto;
import dev.percept.onnx.proto.FunctionProto;
import dev.percept.onnx.proto.ModelProto;
import dev.percept.onnx.proto.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the bodies of a model's own functions in place of their calls; newer exporters write layers
 * as functions. Values inside a body are called after the call, so that names stay unique.
 */
final class Inlining {
  private final Map<String, FunctionProto> functions = new HashMap<>();
  private final List<NodeProto> nodes = new ArrayList<>();

  private Inlining(ModelProto model) {
    model.getFunctionsList().forEach(f -> functions.put(key(f.getDomain(), f.getName()), f));
  }

  /** The nodes of a model's graph without calls of its own functions, in order. */
  static List<NodeProto> of(ModelProto model) {
    if (model.getFunctionsCount() == 0) {
      return model.getGraph().getNodeList();
    }
    Inlining inlining = new Inlining(model);
    inlining.expand(model.getGraph().getNodeList());
    return inlining.nodes;
  }

  private static String key(String domain, String name) {
    return domain + "\n" + name;
  }

  private void expand(List<NodeProto> from) {
    for (NodeProto node : from) {
      FunctionProto function = functions.get(key(node.getDomain(), node.getOpType()));
      if (function == null) {
        nodes.add(node);
      } else {
        expand(body(node, function));
      }
    }
  }

  private static List<NodeProto> body(NodeProto call, FunctionProto function) {
    Map<String, String> names = new HashMap<>();
    names.put("", "");
    for (int i = 0; i < function.getInputCount(); i++) {
      // What a call leaves out is absent inside, too.
      names.put(function.getInput(i), i < call.getInputCount() ? call.getInput(i) : "");
    }
    for (int i = 0; i < Math.min(function.getOutputCount(), call.getOutputCount()); i++) {
      if (!call.getOutput(i).isEmpty()) {
        names.put(function.getOutput(i), call.getOutput(i));
      }
    }
    Map<String, AttributeProto> given = new HashMap<>();
    function.getAttributeProtoList().forEach(a -> given.put(a.getName(), a));
    call.getAttributeList().forEach(a -> given.put(a.getName(), a));
    String prefix = call.getOutput(0) + "/";
    List<NodeProto> body = new ArrayList<>();
    for (NodeProto node : function.getNodeList()) {
      NodeProto.Builder made = node.toBuilder().clearInput().clearOutput().clearAttribute();
      node.getInputList().forEach(n -> made.addInput(names.getOrDefault(n, prefix + n)));
      node.getOutputList().forEach(n -> made.addOutput(names.getOrDefault(n, prefix + n)));
      for (AttributeProto a : node.getAttributeList()) {
        AttributeProto value = a.getRefAttrName().isEmpty() ? a : given.get(a.getRefAttrName());
        if (value != null) {
          made.addAttribute(value.toBuilder().setName(a.getName()));
        }
      }
      body.add(made.build());
    }
    return body;
  }
}
