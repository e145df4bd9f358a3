package io.notagenbench.engine.onnx.graph;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sums in a model that go into a Softmax. On cards ONNX Runtime makes both one {@code BiasSoftmax} where it can prove that the addends
 * are equally wide (bias_softmax_fusion.cc), and the kernel of that needs cuDNN.
 *
 * @param one   an addend
 * @param other its other addend
 */
public record SoftmaxSums(String one, String other) {

    /** Those of a model, without those in its loop. */
    public static List<SoftmaxSums> of(byte[] model) {
        ReadGraph graph = ReadGraph.of(model);
        return graph.nodes().stream().filter(node -> node.operator().equals("Softmax"))
                .flatMap(softmax -> graph.nodes().stream().filter(node -> node.operator().equals("Add")
                        && node.outputs().contains(softmax.inputs().get(0))))
                .map(sum -> new SoftmaxSums(sum.inputs().get(0), sum.inputs().get(1))).toList();
    }

    /** The model with every addend as an output, so that ONNX Runtime tells the sizes that it infers. */
    public static byte[] told(byte[] model) {
        Set<String> addends = new LinkedHashSet<>();
        of(model).forEach(sum -> addends.addAll(List.of(sum.one(), sum.other())));
        return ReadGraph.withOutputs(model, addends);
    }

    /** The body of a model's loop as a model of its own; empty where it has none. */
    public static Optional<byte[]> body(byte[] model) {
        return ReadGraph.body(model);
    }
}
