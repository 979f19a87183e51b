package dev.percept.app.fact;

import dev.percept.bundle.FactExplanation;
import dev.percept.core.DynamicLinearModel;
import dev.percept.fact.DeletionStudy;
import dev.percept.fact.sae.SaeCard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** What the autoencoders are, from the input to the logits. */
record FactCuts(FactSubject subject, FactSample sample) {

  List<FactExplanation.Cut> cuts() {
    List<FactExplanation.Cut> cuts = new ArrayList<>();
    for (int i = 0; i < subject.banks().size(); i++) {
      cuts.add(cut(i, sample.cuts().get(i)));
    }
    Collections.reverse(cuts);
    return cuts;
  }

  private FactExplanation.Cut cut(int at, CutTally.Result of) {
    FactSubject.Bank bank = subject.banks().get(at);
    DynamicLinearModel model = subject.stack().at(at);
    SaeCard card = bank.card();
    int[] active = IntStream.range(0, card.latents()).map(k -> sample.activeIn(at, k)).toArray();
    return new FactExplanation.Cut(
        card.layer(),
        bank.file(),
        bank.sha256(),
        card.kind(),
        card.latents(),
        model.grid().rows(),
        model.grid().columns(),
        model.features(),
        of.active(),
        (int) IntStream.of(active).filter(a -> a == 0).count(),
        (int) IntStream.of(active).filter(a -> a > DeletionStudy.ALWAYS_ON * sample.size()).count(),
        of.kept().r2(),
        of.randomKept().r2(),
        bank.stability() == null ? null : TrainedSae.mean(bank.stability()),
        bank.stability() == null ? null : Double.valueOf(bank.stability().random()));
  }
}
