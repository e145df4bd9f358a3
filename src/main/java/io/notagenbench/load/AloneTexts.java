package io.notagenbench.load;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.KnownPieces;
import io.notagenbench.generate.PieceGenerator;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What the engine writes alone: in this process, one piece after the other, without HTTP, queue or cache. */
final class AloneTexts {

    private AloneTexts() {
    }

    /** @param engine how the model is run */
    static Map<Wanted, String> of(Collection<Wanted> wanted, Parameters engine, Requests requests) {
        Map<Wanted, String> texts = new HashMap<>();
        if (wanted.isEmpty()) {
            return texts;
        }
        EngineSettings settings = EngineSettings.of(engine);
        GenerationSettings any = requests.settings(wanted.iterator().next());
        try (Weights weights = ModelSource.open(engine.text(Parameter.MODEL));
                NotaGenModel model = BackendProvider.of(settings.backend()).open(settings, weights);
                PatchDecoder decoder = PatchDecoders.open(Decoding.of(engine.text(Parameter.DECODING)), model, any.patchLength(),
                        KnownPieces.besides(any.trace()))) {
            for (Wanted one : wanted) {
                String raw = new PieceGenerator(requests.settings(one), decoder).generate().raw();
                texts.put(one, raw.substring(requests.prompt().length()));
            }
        }
        return texts;
    }
}
