package io.notagenbench.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A key of a state dict, taken apart.
 *
 * @param prefix modules that hold NotaGen, as {@code model} in a module of Lightning; empty where there are none
 * @param name   as NotaGen itself would save it
 */
record TensorName(String prefix, String name) {

    /** What DataParallel, torch.compile, FSDP and activation checkpointing call the module that they wrap. */
    private static final Set<String> WRAPPERS = Set.of("module", "_orig_mod", "_fsdp_wrapped_module",
            "_checkpoint_wrapped_module");
    private static final Set<String> DECODERS = Set.of("patch_level_decoder", "char_level_decoder");

    /** Empty where the key is not one of a tensor of NotaGen's decoders. */
    static Optional<TensorName> of(String key) {
        if (DECODERS.stream().noneMatch(key::contains)) {
            return Optional.empty();
        }
        List<String> modules = new ArrayList<>(List.of(key.split("[.]", -1)));
        modules.removeAll(WRAPPERS);
        for (int i = 0; i < modules.size() - 1; i++) {
            if (DECODERS.contains(modules.get(i))) {
                return Optional.of(new TensorName(String.join(".", modules.subList(0, i)),
                        String.join(".", modules.subList(i, modules.size()))));
            }
        }
        return Optional.empty();
    }
}
