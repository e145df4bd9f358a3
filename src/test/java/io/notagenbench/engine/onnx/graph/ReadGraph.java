package io.notagenbench.engine.onnx.graph;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A graph as it stands in the bytes of a model, numbers of fields as in onnx.proto.
 *
 * @param inputs  element types of its inputs by their names, in their order
 * @param outputs of its outputs
 * @param weights of its constants and weights
 * @param nodes   in their order
 */
record ReadGraph(Map<String, String> inputs, Map<String, String> outputs, Map<String, String> weights, List<Node> nodes) {

    private static final Map<Long, String> TYPES = Map.of(1L, "float", 2L, "uint8", 3L, "int8", 6L, "int32", 7L, "int64", 9L, "bool",
            10L, "float16", 11L, "double");

    /**
     * A node.
     *
     * @param operator with its domain in front, unless it is ONNX's own
     * @param to       attribute of Cast, a type
     * @param body     the graph that is an attribute of it
     */
    record Node(String operator, List<String> inputs, List<String> outputs, Optional<String> to, Optional<ReadGraph> body) {
    }

    /** Reads a model. */
    static ReadGraph of(byte[] model) {
        return graph(Field.all(model, 7).findFirst().orElseThrow());
    }

    /**
     * The body of a model's loop as a model of its own, with all that is around it but the loop. Empty where the model has no
     * loop.
     */
    static Optional<byte[]> body(byte[] model) {
        byte[] around = Field.all(model, 7).findFirst().orElseThrow();
        return Field.all(around, 1).flatMap(node -> Field.all(node, 5)).flatMap(attribute -> Field.all(attribute, 6)).findFirst()
                .map(body -> {
                    ProtobufMessage outer = new ProtobufMessage();
                    Field.all(around, 5).forEach(weight -> outer.put(5, weight));
                    Field.all(around, 11).forEach(input -> outer.put(11, input));
                    Field.all(around, 1).filter(node -> node(node).body().isEmpty()).forEach(node -> outer.put(1, node));
                    ProtobufMessage whole = new ProtobufMessage().put(1, 8).put(7, joined(outer.toByteArray(), body));
                    Field.all(model, 8).forEach(opset -> whole.put(8, opset));
                    return whole.toByteArray();
                });
    }

    /** The model with more outputs in fp32, of sizes that are to be inferred: protobuf reads two messages behind each other as one. */
    static byte[] withOutputs(byte[] model, Collection<String> names) {
        ProtobufMessage outputs = new ProtobufMessage();
        ProtobufMessage type = new ProtobufMessage().put(1, new ProtobufMessage().put(1, 1));
        names.forEach(name -> outputs.put(12, new ProtobufMessage().put(1, name).put(2, type)));
        return joined(model, new ProtobufMessage().put(7, outputs).toByteArray());
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }

    /** The version of a model's operators of a domain. */
    static long opset(byte[] model, String domain) {
        return Field.all(model, 8).filter(opset -> Field.text(opset, 1).equals(domain))
                .map(opset -> Field.number(opset, 2).orElseThrow()).findFirst().orElseThrow();
    }

    /** All its nodes and those of the graphs within. */
    Stream<Node> allNodes() {
        return nodes.stream().flatMap(node -> Stream.concat(Stream.of(node), node.body().stream().flatMap(ReadGraph::allNodes)));
    }

    private static ReadGraph graph(byte[] graph) {
        Map<String, String> weights = new HashMap<>();
        Field.all(graph, 5).forEach(tensor -> weights.put(Field.text(tensor, 8), type(Field.number(tensor, 2))));
        return new ReadGraph(values(graph, 11), values(graph, 12), weights, Field.all(graph, 1).map(ReadGraph::node).toList());
    }

    private static Map<String, String> values(byte[] graph, int field) {
        Map<String, String> values = new LinkedHashMap<>();
        Field.all(graph, field).forEach(value -> values.put(Field.text(value, 1), type(Field.all(value, 2)
                .flatMap(type -> Field.all(type, 1)).map(tensor -> Field.number(tensor, 1)).findFirst().orElseThrow())));
        return values;
    }

    private static Node node(byte[] node) {
        String domain = Field.text(node, 7);
        Stream<byte[]> to = Field.all(node, 5).filter(attribute -> Field.text(attribute, 1).equals("to"));
        return new Node((domain.isEmpty() ? "" : domain + ".") + Field.text(node, 4), texts(node, 1), texts(node, 2),
                to.map(attribute -> type(Field.number(attribute, 3))).findFirst(),
                Field.all(node, 5).flatMap(attribute -> Field.all(attribute, 6)).map(ReadGraph::graph).findFirst());
    }

    private static List<String> texts(byte[] message, int field) {
        return Field.all(message, field).map(bytes -> new String(bytes, StandardCharsets.UTF_8)).toList();
    }

    private static String type(OptionalLong number) {
        return Optional.ofNullable(TYPES.get(number.orElseThrow())).orElseThrow();
    }

    /** A field of a protobuf message: its bytes where they are length-delimited, else a number. */
    private record Field(int number, byte[] bytes, long value) {

        static List<Field> of(byte[] message) {
            List<Field> fields = new ArrayList<>();
            ByteBuffer in = ByteBuffer.wrap(message);
            while (in.hasRemaining()) {
                long key = varint(in);
                int kind = (int) (key & 7);
                byte[] bytes = new byte[kind == 2 ? (int) varint(in) : kind == 5 ? Float.BYTES : 0];
                long value = kind == 0 ? varint(in) : 0;
                in.get(bytes);
                fields.add(new Field((int) (key >> 3), bytes, value));
            }
            return fields;
        }

        private static long varint(ByteBuffer in) {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = in.get();
                value |= (long) (next & 0x7F) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }

        static Stream<byte[]> all(byte[] message, int number) {
            return of(message).stream().filter(field -> field.number == number).map(Field::bytes);
        }

        static String text(byte[] message, int number) {
            return all(message, number).map(bytes -> new String(bytes, StandardCharsets.UTF_8)).findFirst().orElse("");
        }

        static OptionalLong number(byte[] message, int number) {
            return of(message).stream().filter(field -> field.number == number).mapToLong(Field::value).findFirst();
        }
    }
}
