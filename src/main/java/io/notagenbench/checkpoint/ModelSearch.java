package io.notagenbench.checkpoint;

import io.notagenbench.fault.Fault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the tensors of NotaGen in the content of a checkpoint. People save the bare state dict or put it under a key of
 * their choice, and wrappers add prefixes to the names of modules. So every dictionary is searched, and the model is
 * the one whose keys are NotaGen's ({@link TensorName}). If there are several different ones, those under the keys
 * {@code model}, {@code state_dict} and {@code model_state_dict} at the top are preferred, in this order, and in one
 * dictionary the one without a prefix; otherwise the file is refused, because nobody knows which one is meant.
 */
final class ModelSearch {

    /** NotaGen's own key, that of Lightning and most trainers, and that of PyTorch's tutorial. */
    private static final List<String> USUAL_KEYS = List.of("model", "state_dict", "model_state_dict");
    /** Moments of an optimizer may have the names of the weights. */
    private static final Pattern OPTIMIZER = Pattern.compile("(?i)optim(i[sz]er.*)?");
    private static final int SHOWN_KEYS = 3;

    /** Where something is: the key of a dictionary or the index of a list, and where these are; the top has neither. */
    private record Place(Place parent, String key) {

        /** Whether it is at the top, under this key. */
        boolean isUnder(String name) {
            return parent != null && parent.parent == null && key.equals(name);
        }

        String words() {
            Deque<String> keys = new ArrayDeque<>();
            for (Place at = this; at.parent != null && keys.size() < SHOWN_KEYS; at = at.parent) {
                keys.addFirst(at.key);
            }
            return keys.isEmpty() ? "at the top" : "under '" + Printable.of(String.join(".", keys)) + "'";
        }
    }

    /** A value that is searched, and its place. */
    private record Visit(Place place, Object value) {
    }

    /** What one dictionary has under one prefix, by NotaGen's names. */
    private record Candidate(Place place, Map<?, ?> source, String prefix, Map<String, StoredTensor> tensors,
            Map<String, String> others) {

        Candidate(Place place, Map<?, ?> source, String prefix) {
            this(place, source, prefix, new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        /** Whether the dictionary has these tensors under these names and nothing else. */
        boolean isVerbatim() {
            return source.keySet().equals(tensors.keySet());
        }

        boolean isModel() {
            return tensors.containsKey(TensorSpec.PATCH_EMBEDDING);
        }

        String words() {
            return place.words() + (prefix.isEmpty() ? "" : " with the prefix '" + Printable.of(prefix) + "'");
        }
    }

    /**
     * What was found, by NotaGen's names.
     *
     * @param tensors    tensors of the model; some may be missing or too many
     * @param others     descriptions of values in their place that are not tensors
     * @param isOriginal whether it is saved as the original does it: under the key {@code model}, with only
     *                   NotaGen's names, and without objects of other classes beside it
     */
    record Found(Map<String, StoredTensor> tensors, Map<String, String> others, boolean isOriginal) {
    }

    private final String file;
    private final Object content;
    private final List<Candidate> candidates = new ArrayList<>();
    private Optional<Visit> module = Optional.empty();
    private Optional<String> otherTensor = Optional.empty();
    private boolean hasOpaque;

    private ModelSearch(String file, Object content) {
        this.file = file;
        this.content = content;
    }

    /**
     * @param file    name of the file, for messages
     * @param content content of a {@link TensorFile}
     * @throws Fault if there is no model, or it is ambiguous which one is meant
     */
    static Found in(String file, Object content) {
        ModelSearch search = new ModelSearch(file, content);
        search.lookAtAll();
        Candidate model = search.choose();
        return new Found(model.tensors, model.others,
                model.place.isUnder(USUAL_KEYS.get(0)) && model.isVerbatim() && !search.hasOpaque);
    }

    /** Breadth first, each object once, so that deep nesting or a cycle does no harm. */
    private void lookAtAll() {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Visit> next = new ArrayDeque<>();
        next.add(new Visit(new Place(null, ""), content));
        while (!next.isEmpty()) {
            Visit visit = next.removeFirst();
            if (visit.value instanceof Map<?, ?> map && seen.add(map)) {
                lookAt(visit.place, map, next);
            } else if (visit.value instanceof Collection<?> list && seen.add(list)) {
                addElements(visit.place, list, next);
            } else if (visit.value instanceof Object[] tuple && seen.add(tuple)) {
                addElements(visit.place, Arrays.asList(tuple), next);
            }
        }
    }

    private static boolean mayHoldTensors(Object value) {
        return value instanceof Map || value instanceof Collection || value instanceof Object[];
    }

    private static void addElements(Place place, Collection<?> elements, Deque<Visit> next) {
        int index = 0;
        for (Object element : elements) {
            if (mayHoldTensors(element)) {
                next.add(new Visit(new Place(place, "[" + index + "]"), element));
            }
            index++;
        }
    }

    private void lookAt(Place place, Map<?, ?> map, Deque<Visit> next) {
        Map<String, Candidate> byPrefix = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            String text = key.toString();
            Optional<TensorName> name = TensorName.of(text);
            name.ifPresent(known -> add(known, text, value, byPrefix.computeIfAbsent(known.prefix(),
                    prefix -> new Candidate(place, map, prefix))));
            if (name.isEmpty() && value instanceof StoredTensor && otherTensor.isEmpty()) {
                otherTensor = Optional.of(text);
            }
            if (mayHoldTensors(value) && !OPTIMIZER.matcher(text).matches()) {
                next.add(new Visit(new Place(place, text), value));
            }
        });
        candidates.addAll(byPrefix.values());
        if (map instanceof PickledObject object && !object.isDictionary()) {
            hasOpaque = true;
            next.add(new Visit(place, object.state()));
            if (object.isModule() && module.isEmpty()) {
                module = Optional.of(new Visit(place, object));
            }
        }
    }

    private void add(TensorName name, String key, Object value, Candidate candidate) {
        if (value instanceof StoredTensor tensor) {
            StoredTensor before = candidate.tensors.put(name.name(), tensor);
            if (before != null && !before.equals(tensor)) {
                throw Fault.usage(file + " is not a NotaGen checkpoint: it has two tensors " + Printable.of(name.name())
                        + ", one of them under the key '" + Printable.of(key) + "'");
            }
        } else {
            candidate.others.put(name.name(), words(value));
        }
    }

    private Candidate choose() {
        Map<Map<String, StoredTensor>, Candidate> different = new LinkedHashMap<>();
        candidates.stream().filter(Candidate::isModel)
                .forEach(candidate -> different.putIfAbsent(candidate.tensors, candidate));
        List<Candidate> models = List.copyOf(different.values());
        if (models.isEmpty()) {
            // The nearest one: the message then has the tensor that is missing, or what is in its place.
            return candidates.stream()
                    .max(Comparator.comparingInt(candidate -> candidate.tensors.size() + candidate.others.size()))
                    .orElseThrow(() -> Fault.usage(file + " is not a NotaGen checkpoint: " + whatElse()));
        }
        return models.size() == 1 ? models.get(0) : preferred(models).orElseThrow(() -> Fault.usage(file
                + " holds more than one model, " + models.get(0).words() + " and " + models.get(1).words()
                + ": save only the one that you mean, with torch.save(state_dict, path)"));
    }

    private static Optional<Candidate> preferred(List<Candidate> models) {
        for (String key : USUAL_KEYS) {
            List<Candidate> here = models.stream().filter(model -> model.place.isUnder(key)).toList();
            if (!here.isEmpty()) {
                return alone(here);
            }
        }
        return models.stream().map(Candidate::place).distinct().count() == 1 ? alone(models) : Optional.empty();
    }

    /** The one without a prefix, of several in one dictionary. */
    private static Optional<Candidate> alone(List<Candidate> models) {
        return models.size() == 1 ? Optional.of(models.get(0))
                : models.stream().filter(model -> model.prefix.isEmpty()).findFirst();
    }

    /** What the file has, if nothing in it has a name of NotaGen. */
    private String whatElse() {
        if (module.isPresent()) {
            return "it holds " + words(module.get().value) + " " + module.get().place.words() + ", which is the module itself"
                    + " and not its weights; save them where its class is known, with torch.save(module.state_dict(), path)";
        }
        String none = "it has no state dict of NotaGen under 'model' or any other key; ";
        if (otherTensor.isPresent()) {
            return none + "its tensors have other names, such as '" + Printable.of(otherTensor.get()) + "'";
        }
        if (content instanceof Map<?, ?> map && map.isEmpty()) {
            return none + "it is empty";
        }
        if (content instanceof Map<?, ?> map) {
            int more = Math.max(map.size() - SHOWN_KEYS, 0);
            return none + map.keySet().stream().limit(SHOWN_KEYS).map(key -> "'" + Printable.of(key.toString()) + "'")
                    .collect(Collectors.joining(", ", "it holds ", more == 0 ? "" : " and " + more + " more"));
        }
        return none + "it holds " + words(content);
    }

    private static String words(Object value) {
        if (value instanceof PickledObject object) {
            return object.isDictionary() ? "a dictionary" : "an object of the class " + object.className();
        }
        return value == null ? "None" : value instanceof PickledName name ? "the name " + name.shown()
                : value instanceof StoredTensor ? "a tensor" : value instanceof String ? "a text"
                : value instanceof Number ? "a number" : "a list";
    }
}
