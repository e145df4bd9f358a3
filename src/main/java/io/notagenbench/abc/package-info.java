/**
 * The text of a piece: its prompt, its patches, the cut of a full context, and the rests that NotaGen leaves out.
 *
 * <p>Start reading with {@link io.notagenbench.abc.PatchCodec}, then {@link io.notagenbench.abc.StreamCut} and
 * {@link io.notagenbench.abc.RestRestorer}. The rules are NotaGen's (notagen.md, sections 3 to 5). This package knows
 * the size of a patch and no engine.
 */
package io.notagenbench.abc;
