package io.notagenbench.engine.onnx.graph;

import io.notagenbench.engine.onnx.graph.ReadGraph.Node;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The kernels that a provider has, from a resource: for which operators, in which versions, of which element types. */
public final class KernelTable {

    private final Map<String, Kernel> kernels = new HashMap<>();

    /** A line of the resource. */
    private record Kernel(int version, int first, int last, List<String> inputs, List<String> outputs,
            Map<String, Set<String>> types) {

        static Kernel of(String line) {
            String[] words = line.trim().split("\\s+");
            String[] range = words[2].split("-", -1);
            List<String> signature = Arrays.asList(words).subList(3, words.length);
            int arrow = signature.indexOf(">");
            Map<String, Set<String>> types = new HashMap<>();
            List<String> outputs = new ArrayList<>();
            for (String word : signature.subList(arrow + 1, signature.size())) {
                String[] parts = word.split("=");
                if (parts.length == 2) {
                    types.put(parts[0], Set.of(parts[1].split(",")));
                } else {
                    outputs.add(word);
                }
            }
            return new Kernel(Integer.parseInt(words[1]), Integer.parseInt(range[0]),
                    range[1].isEmpty() ? Integer.parseInt(range[0]) : Integer.parseInt(range[1]),
                    signature.subList(0, arrow), outputs, types);
        }

        boolean isOfVersion() {
            return first <= version && version <= last;
        }

        /** The place of an argument in a signature; the last one may stand for any number. */
        static String place(List<String> signature, int index) {
            String place = signature.get(Math.min(index, signature.size() - 1));
            if (index >= signature.size() && !place.endsWith("*")) {
                throw new AssertionError("more arguments than " + signature);
            }
            return place;
        }
    }

    private KernelTable() {
    }

    /** Reads a resource. */
    public static KernelTable load(String resource) {
        KernelTable table = new KernelTable();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(KernelTable.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
            in.lines().filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> table.kernels.put(line.substring(0, line.indexOf(' ')), Kernel.of(line)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    /** The operators of a model's nodes that have no kernel, each with the types that it is asked for. */
    public Set<String> missing(byte[] model) {
        Set<String> missing = new TreeSet<>();
        walk(ReadGraph.of(model), new HashMap<>(), missing);
        return missing;
    }

    /** @param known element types of what is around the graph */
    private void walk(ReadGraph graph, Map<String, String> known, Set<String> missing) {
        known.putAll(graph.weights());
        known.putAll(graph.inputs());
        for (Node node : graph.nodes()) {
            node.body().ifPresent(body -> walk(body, new HashMap<>(known), missing));
            List<String> inputs = node.inputs().stream().filter(name -> !name.isEmpty()).map(name -> Optional
                    .ofNullable(known.get(name)).orElseThrow(() -> new AssertionError(name + " comes from nowhere"))).toList();
            Kernel kernel = kernels.get(node.operator());
            Map<String, String> bound = new HashMap<>();
            node.to().ifPresent(to -> bound.put("U", to));
            if (kernel == null || !kernel.isOfVersion() || !takes(kernel, node, known, bound)) {
                missing.add(node.operator() + inputs);
            }
            outputs(node, kernel, bound, inputs, known);
        }
    }

    private static boolean takes(Kernel kernel, Node node, Map<String, String> known, Map<String, String> bound) {
        boolean several = kernel.inputs().stream().anyMatch(place -> place.equals("V*"));
        for (int i = 0; i < node.inputs().size(); i++) {
            String name = node.inputs().get(i);
            if (name.isEmpty()) {
                continue;
            }
            String place = Kernel.place(kernel.inputs(), i).replace("*", "");
            String type = known.get(name);
            Set<String> allowed = kernel.types().getOrDefault(place, Set.of(place));
            // each of what goes round a loop has a type of its own
            String before = several && place.equals("V") ? null : bound.put(place, type);
            if (!allowed.contains(type) || before != null && !before.equals(type)) {
                return false;
            }
        }
        return node.to().map(to -> kernel.types().get("U").contains(to)).orElse(true);
    }

    /** Adds the types of what a node makes; of an unknown operator they are those of its first input. */
    private static void outputs(Node node, Kernel kernel, Map<String, String> bound, List<String> inputs,
            Map<String, String> known) {
        if (node.body().isPresent()) {
            // the body tells first whether the loop goes on, and then what the loop makes
            Iterator<String> types = node.body().get().outputs().values().stream().skip(1).iterator();
            node.outputs().forEach(name -> known.put(name, types.next()));
            return;
        }
        for (int i = 0; i < node.outputs().size(); i++) {
            String place = kernel == null ? "" : Kernel.place(kernel.outputs(), i).replace("*", "");
            String literal = kernel == null || kernel.types().containsKey(place) ? inputs.get(0) : place;
            known.put(node.outputs().get(i), bound.getOrDefault(place, literal));
        }
    }
}
