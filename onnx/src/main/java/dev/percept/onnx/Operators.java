package dev.percept.onnx;

import dev.percept.core.PerceptException;
import dev.percept.onnx.proto.ModelProto;
import dev.percept.onnx.proto.NodeProto;
import java.util.Set;
import java.util.stream.Collectors;

/** The operators that a model may use: the standard set up to opset 21, and those of the engine. */
final class Operators {
  /** Domains whose operators ONNX Runtime brings itself. */
  private static final Set<String> ENGINE_DOMAINS =
      Set.of("com.microsoft", "com.microsoft.nchwc", "ai.onnx.ml");

  private static final Set<String> STANDARD =
      Set.of(
          ("Abs Acos Acosh Add AffineGrid And ArgMax ArgMin Asin Asinh Atan Atanh AveragePool"
                  + " BatchNormalization Bernoulli BitShift BitwiseAnd BitwiseNot BitwiseOr"
                  + " BitwiseXor BlackmanWindow Cast CastLike Ceil Celu CenterCropPad Clip Col2Im"
                  + " Compress Concat ConcatFromSequence Constant ConstantOfShape Conv ConvInteger"
                  + " ConvTranspose Cos Cosh CumSum DFT DeformConv DepthToSpace DequantizeLinear"
                  + " Det Div Dropout DynamicQuantizeLinear Einsum Elu Equal Erf Exp Expand EyeLike"
                  + " Flatten Floor GRU Gather GatherElements GatherND Gelu Gemm GlobalAveragePool"
                  + " GlobalLpPool GlobalMaxPool Greater GreaterOrEqual GridSample"
                  + " GroupNormalization HammingWindow HannWindow HardSigmoid HardSwish Hardmax"
                  + " Identity If ImageDecoder InstanceNormalization IsInf IsNaN LRN LSTM"
                  + " LayerNormalization LeakyRelu Less LessOrEqual Log LogSoftmax Loop"
                  + " LpNormalization LpPool MatMul MatMulInteger Max MaxPool MaxRoiPool MaxUnpool"
                  + " Mean MeanVarianceNormalization MelWeightMatrix Min Mish Mod Mul Multinomial"
                  + " Neg NegativeLogLikelihoodLoss NonMaxSuppression NonZero Not OneHot Optional"
                  + " OptionalGetElement OptionalHasElement Or PRelu Pad Pow QLinearConv"
                  + " QLinearMatMul QuantizeLinear RNN RandomNormal RandomNormalLike RandomUniform"
                  + " RandomUniformLike Range Reciprocal ReduceL1 ReduceL2 ReduceLogSum"
                  + " ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum"
                  + " ReduceSumSquare RegexFullMatch Relu Reshape Resize ReverseSequence RoiAlign"
                  + " Round STFT Scan Scatter ScatterElements ScatterND Selu SequenceAt"
                  + " SequenceConstruct SequenceEmpty SequenceErase SequenceInsert SequenceLength"
                  + " SequenceMap Shape Shrink Sigmoid Sign Sin Sinh Size Slice Softmax"
                  + " SoftmaxCrossEntropyLoss Softplus Softsign SpaceToDepth Split SplitToSequence"
                  + " Sqrt Squeeze StringConcat StringNormalizer StringSplit Sub Sum Tan Tanh"
                  + " TfIdfVectorizer ThresholdedRelu Tile TopK Transpose Trilu Unique Unsqueeze"
                  + " Upsample Where Xor")
              .split(" ", -1));

  private Operators() {}

  static boolean isStandard(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }

  /** Refuses a model that holds an operator which nothing here can run. */
  static void check(ModelProto model, String file) {
    Set<String> functions =
        model.getFunctionsList().stream()
            .map(f -> f.getDomain() + "\n" + f.getName())
            .collect(Collectors.toSet());
    for (NodeProto node : model.getGraph().getNodeList()) {
      String domain = node.getDomain();
      if (node.getOutputCount() == 0 || node.getOpType().isEmpty()) {
        throw new PerceptException(
            file
                + " is damaged: node '"
                + Graph.label(node)
                + "' makes nothing; download or export it again");
      }
      boolean known =
          isStandard(domain)
              ? STANDARD.contains(node.getOpType())
              : ENGINE_DOMAINS.contains(domain);
      if (!known && !functions.contains(domain + "\n" + node.getOpType())) {
        throw new PerceptException(
            file
                + ": operator "
                + (isStandard(domain) ? "" : domain + ".")
                + node.getOpType()
                + " (node '"
                + Graph.label(node)
                + "') is not known; export the model with standard ONNX operators, opset 9 to 21");
      }
    }
  }
}
