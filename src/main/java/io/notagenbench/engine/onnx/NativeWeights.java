package io.notagenbench.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.onnx.graph.GraphTensor;
import io.notagenbench.engine.onnx.graph.GraphWeight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights of one graph in native memory, for as long as it takes to create a session: ONNX Runtime copies them into
 * the layout that its kernels want. So a model takes twice the weights of its larger level while it is loaded, and once
 * its weights afterwards.
 */
final class NativeWeights implements AutoCloseable {

    private final Map<String, OnnxTensorLike> tensors = new LinkedHashMap<>();
    private final List<NativeMemory> memory = new ArrayList<>();

    /** Reads the weights, one tensor after the other. */
    NativeWeights(OrtEnvironment environment, List<GraphWeight> graphWeights, Weights source) throws OrtException {
        try {
            for (GraphWeight weight : graphWeights) {
                NativeMemory block = NativeMemory.ofBytes(weight.bytes());
                memory.add(block);
                weight.write(source, block.bytes());
                for (GraphTensor tensor : weight.tensors()) {
                    ByteBuffer bytes = block.bytes().slice(Math.toIntExact(tensor.offset()), Math.toIntExact(tensor.bytes()))
                            .order(ByteOrder.nativeOrder());
                    tensors.put(tensor.name(), OnnxTensor.createTensor(environment, bytes, tensor.shape(), tensor.type().java()));
                }
            }
        } catch (OrtException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Each tensor by its name in the graph. */
    Map<String, OnnxTensorLike> tensors() {
        return tensors;
    }

    @Override
    public void close() {
        tensors.values().forEach(OnnxTensorLike::close);
        memory.forEach(NativeMemory::close);
    }
}
