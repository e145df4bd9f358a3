package io.notagenbench.engine.onnx.graph;

import ai.onnxruntime.OnnxJavaType;
import io.notagenbench.engine.QuantisedWeightCache;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Writes an ONNX model: opset {@value #OPSET} and Microsoft's contributed operators, which every recent ONNX Runtime
 * runs on every device. Field numbers are those of onnx.proto. Weights are outside the model; only their names and shapes
 * are in it.
 */
public final class GraphBuilder {

    /** Domain of ONNX Runtime's own operators. */
    public static final String MICROSOFT = "com.microsoft";
    /** Domain of the standard operators. */
    public static final String ONNX = "";
    /** An optional input or output that is left out. */
    public static final String NONE = "";

    private static final int IR_VERSION = 8;
    private static final int OPSET = 18;
    private static final int MICROSOFT_OPSET = 1;

    private final String name;
    private final ProtobufMessage graph = new ProtobufMessage();
    private final Map<String, List<Object>> inputs = new LinkedHashMap<>();
    private final Map<String, GraphWeight> weights = new LinkedHashMap<>();
    /** The graph around that of a loop, or null. */
    private final GraphBuilder outer;
    /** Prefix of the names of a loop's graph, which must differ from those around it. */
    private final String scope;
    private final Set<String> ownNames = new HashSet<>();

    /** Element types, with their numbers in onnx.proto. */
    public enum Type {
        FLOAT(1, OnnxJavaType.FLOAT), UINT8(2, OnnxJavaType.UINT8), INT8(3, OnnxJavaType.INT8), INT32(6, OnnxJavaType.INT32), INT64(7, OnnxJavaType.INT64),
        BOOL(9, OnnxJavaType.BOOL), FLOAT16(10, OnnxJavaType.FLOAT16), DOUBLE(11, OnnxJavaType.DOUBLE);

        private final int number;
        private final OnnxJavaType java;

        Type(int number, OnnxJavaType java) {
            this.number = number;
            this.java = java;
        }

        /** Of one element. */
        public int bytes() {
            return java.size;
        }

        /** ONNX Runtime's own name of it. */
        public OnnxJavaType java() {
            return java;
        }
    }

    public GraphBuilder(String name) {
        this(name, null, "");
    }

    private GraphBuilder(String name, GraphBuilder outer, String scope) {
        this.outer = outer;
        this.scope = scope;
        this.name = name;
        graph.put(2, name);
    }

    /**
     * Begins the graph that a {@code Loop} node of this one repeats, to be its attribute {@code body}. Weights and constants
     * that are added to it go into this graph, whose names it can read.
     */
    public GraphBuilder body(String name) {
        return new GraphBuilder(name, this, name + ".");
    }

    /** Adds an input; a dimension is a number, or a name where it varies from call to call. */
    public String input(String name, Type type, Object... shape) {
        graph.put(11, value(own(name), type, shape));
        inputs.put(name, List.of(shape));
        return name;
    }

    public String name() {
        return name;
    }

    /** The shapes of the inputs by their names, in their order. */
    public Map<String, List<Object>> inputs() {
        return inputs;
    }

    /** Adds an output that a node writes. */
    public void output(String name, Type type, Object... shape) {
        graph.put(12, value(own(name), type, shape));
    }

    /**
     * Adds a weight, handed over when the session is created.
     *
     * @return the name of its first tensor
     */
    public String weight(GraphWeight weight) {
        if (outer != null) {
            return outer.weight(weight);
        }
        weights.put(weight.name(), weight);
        return weight.name();
    }

    /** Adds a constant list of whole numbers. */
    public String constant(String name, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            raw.putLong(value);
        }
        return constant(name, Type.INT64, raw, values.length);
    }

    /**
     * Adds a constant.
     *
     * @param raw   its elements in little-endian order
     * @param shape none for a scalar
     */
    public String constant(String name, Type type, ByteBuffer raw, long... shape) {
        if (outer != null) {
            return outer.constant(name, type, raw, shape);
        }
        ProtobufMessage tensor = new ProtobufMessage();
        for (long size : shape) {
            tensor.put(1, size);
        }
        graph.put(5, tensor.put(2, type.number).put(8, name).put(9, raw.array()));
        return name;
    }

    /** Adds a node. Attributes are {@link Long}s, {@link Float}s, lists of {@link Long}s or a {@link #body}. */
    public void node(String domain, String operator, List<String> inputs, List<String> outputs, Map<String, ?> attributes) {
        ProtobufMessage node = new ProtobufMessage();
        inputs.forEach(name -> node.put(1, scoped(name)));
        outputs.forEach(name -> node.put(2, own(name)));
        node.put(3, scoped(outputs.get(outputs.size() - 1))).put(4, operator);
        attributes.forEach((name, value) -> node.put(5, attribute(name, value)));
        graph.put(1, node.put(7, domain));
    }

    /** The full name of something in this graph. */
    private String own(String name) {
        if (!name.equals(NONE)) {
            ownNames.add(name);
        }
        return scoped(name);
    }

    private String scoped(String name) {
        return ownNames.contains(name) ? scope + name : name;
    }

    /** Adds a tensor of a type from one of another; where they are the same there is nothing to add. */
    public String cast(String output, String tensor, Type from, Type to) {
        if (from == to) {
            return tensor;
        }
        node(ONNX, "Cast", List.of(tensor), List.of(output), Map.of("to", (long) to.number));
        return output;
    }

    /** Adds a node without attributes and with one output, which is returned. */
    public String node(String domain, String operator, String output, String... inputs) {
        node(domain, operator, List.of(inputs), List.of(output), Map.of());
        return output;
    }

    /**
     * The weights that a session gets from memory, in the order in which they were added.
     *
     * @param cache the file of the quantised weights, which a session reads itself
     */
    public List<GraphWeight> weightsInMemory(Optional<QuantisedWeightCache> cache) {
        return weights.values().stream().filter(weight -> fileOffset(weight, cache).isEmpty()).toList();
    }

    private static OptionalLong fileOffset(GraphWeight weight, Optional<QuantisedWeightCache> cache) {
        return cache.isPresent() && weight instanceof QuantisedWeight quantised
                ? OptionalLong.of(cache.get().offset(quantised.matrix())) : OptionalLong.empty();
    }

    /** The bytes of the model, every weight handed over from memory. */
    public byte[] model() {
        return model(Optional.empty());
    }

    /**
     * The bytes of the model.
     *
     * @param cache the file of the quantised weights; all others are handed over from memory
     */
    public byte[] model(Optional<QuantisedWeightCache> cache) {
        ProtobufMessage complete = new ProtobufMessage().append(graph);
        for (GraphWeight weight : weights.values()) {
            OptionalLong fileOffset = fileOffset(weight, cache);
            weight.tensors().forEach(tensor -> complete.put(5, tensor(tensor, fileOffset, cache)));
        }
        return new ProtobufMessage().put(1, IR_VERSION).put(2, "notagen-bench").put(7, complete)
                .put(8, opset(ONNX, OPSET)).put(8, opset(MICROSOFT, MICROSOFT_OPSET)).toByteArray();
    }

    private static ProtobufMessage tensor(GraphTensor tensor, OptionalLong fileOffset, Optional<QuantisedWeightCache> cache) {
        ProtobufMessage message = new ProtobufMessage();
        for (long size : tensor.shape()) {
            message.put(1, size);
        }
        message.put(2, tensor.type().number).put(8, tensor.name());
        if (fileOffset.isPresent()) {
            message.put(13, entry("location", cache.orElseThrow().path().getFileName().toString()))
                    .put(13, entry("offset", Long.toString(fileOffset.getAsLong() + tensor.offset())))
                    .put(13, entry("length", Long.toString(tensor.bytes())));
        } else {
            // never opened: the session gets it from memory
            message.put(13, entry("location", "weights"));
        }
        return message.put(14, 1);
    }

    private static ProtobufMessage entry(String key, String value) {
        return new ProtobufMessage().put(1, key).put(2, value);
    }

    private static ProtobufMessage opset(String domain, int version) {
        return new ProtobufMessage().put(1, domain).put(2, version);
    }

    private static ProtobufMessage attribute(String name, Object value) {
        ProtobufMessage attribute = new ProtobufMessage().put(1, name);
        if (value instanceof Float number) {
            return attribute.put(2, number.floatValue()).put(20, 1);
        }
        if (value instanceof GraphBuilder body) {
            return attribute.put(6, body.graph).put(20, 5);
        }
        if (value instanceof List<?> numbers) {
            numbers.forEach(number -> attribute.put(8, (Long) number));
            return attribute.put(20, 7);
        }
        return attribute.put(3, (Long) value).put(20, 2);
    }

    private static ProtobufMessage value(String name, Type type, Object... shape) {
        ProtobufMessage dimensions = new ProtobufMessage();
        for (Object size : shape) {
            ProtobufMessage dimension = new ProtobufMessage();
            dimensions.put(1, size instanceof Number number
                    ? dimension.put(1, number.longValue()) : dimension.put(2, size.toString()));
        }
        ProtobufMessage tensor = new ProtobufMessage().put(1, type.number).put(2, dimensions);
        return new ProtobufMessage().put(1, name).put(2, new ProtobufMessage().put(1, tensor));
    }
}
