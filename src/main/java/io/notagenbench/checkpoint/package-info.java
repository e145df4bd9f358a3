/**
 * The weights of a model: where they come from, what NotaGen's tensors are, and how a checkpoint file is read safely.
 *
 * <p>Start reading with {@link io.notagenbench.checkpoint.ModelSource}, which opens what {@code -p model=} names, and
 * {@link io.notagenbench.checkpoint.Weights}, which is all that an engine sees of it. {@code CheckpointPickle} reads
 * what {@code torch.save} wrote. A file is hostile until it is read: no class of it is instantiated, and sizes are
 * checked before memory is allocated. This package knows no engine.
 */
package io.notagenbench.checkpoint;
