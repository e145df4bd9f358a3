package io.notagenbench.engine;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.quantisation.GroupScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * By which scheme the weight of each linear layer is rounded. Of the exemptions that name a layer the last one counts.
 *
 * @param scheme     of all layers without an exemption; empty where they stay in fp32
 * @param exemptions layers that are rounded otherwise
 */
public record LayerSchemes(Optional<GroupScheme> scheme, List<Exemption> exemptions) {

    /** Nothing is rounded. */
    public static final LayerSchemes FP32 = new LayerSchemes(Optional.empty(), List.of());

    private static final String WHOLE = "fp32";

    /**
     * Layers that are rounded otherwise.
     *
     * @param part   what the names of their tensors contain
     * @param scheme how; empty where they stay in fp32
     */
    public record Exemption(String part, Optional<GroupScheme> scheme) {

        /** What can be told apart: the levels, and the four layers of a block. */
        static final List<String> PARTS = List.of("patch_level", "char_level", "attn.c_attn", "attn.c_proj", "mlp.c_fc",
                "mlp.c_proj");

        public Exemption {
            if (!PARTS.contains(part)) {
                throw new IllegalArgumentException("'" + part + "' is none of " + String.join(", ", PARTS));
            }
        }

        String label() {
            return part + "=" + LayerSchemes.label(scheme);
        }
    }

    /** Every layer by one scheme. */
    public static LayerSchemes all(GroupScheme scheme) {
        return new LayerSchemes(Optional.of(scheme), List.of());
    }

    /**
     * @param label a scheme, or {@code fp32}, and perhaps exemptions: {@code int4-32-zero-search+mlp.c_proj=int8-64}
     * @throws IllegalArgumentException if it is none
     */
    public static LayerSchemes parse(String label) {
        String[] parts = label.split("\\+", -1);
        List<Exemption> exemptions = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            String[] sides = parts[i].split("=", -1);
            if (sides.length != 2) {
                throw new IllegalArgumentException("'" + parts[i] + "' is no layer=scheme");
            }
            exemptions.add(new Exemption(sides[0], scheme(sides[1])));
        }
        return new LayerSchemes(scheme(parts[0]), List.copyOf(exemptions));
    }

    private static Optional<GroupScheme> scheme(String label) {
        return label.equals(WHOLE) ? Optional.empty() : Optional.of(GroupScheme.parse(label));
    }

    private static String label(Optional<GroupScheme> scheme) {
        return scheme.map(GroupScheme::label).orElse(WHOLE);
    }

    /** The form that {@link #parse} reads. */
    public String label() {
        return label(scheme) + exemptions.stream().map(exemption -> "+" + exemption.label()).collect(Collectors.joining());
    }

    /** The scheme of a tensor; empty where it stays in fp32, as all do that are no weight of a linear layer. */
    public Optional<GroupScheme> of(TensorSpec tensor) {
        if (!tensor.isLinear()) {
            return Optional.empty();
        }
        Optional<GroupScheme> found = scheme;
        for (Exemption exemption : exemptions) {
            found = tensor.name().contains(exemption.part()) ? exemption.scheme() : found;
        }
        return found;
    }

    /** The schemes that occur. */
    public Stream<GroupScheme> distinct() {
        return Stream.concat(scheme.stream(), exemptions.stream().flatMap(exemption -> exemption.scheme().stream())).distinct();
    }

    /** Bytes of the weight of a linear layer. */
    public long bytes(TensorSpec tensor) {
        return of(tensor).map(rounding -> rounding.bytes(tensor.shape().get(0), tensor.shape().get(1)))
                .orElse(tensor.elements() * Float.BYTES);
    }

    /** Bytes of the weights of all linear layers. */
    public long bytes(ModelConfig config) {
        return TensorSpec.all(config).stream().filter(TensorSpec::isLinear).mapToLong(this::bytes).sum();
    }
}
