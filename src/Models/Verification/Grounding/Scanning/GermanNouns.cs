namespace Aios.Models.Verification.Grounding.Scanning;

/// <summary>German nouns of reports, and endings that names do not have.</summary>
internal static class GermanNouns
{
    private static readonly string[] Endings =
    [
        .. (
            "ung ungen heit heiten keit keiten schaft schaften tion tionen nis nisse tum ment mente tät täten ismus "
            + "anz enz ie ien umsatz umsätze wert werte zahl zahlen "
            + "satz sätze kosten preis preise zeit zeiten tag tage tagen woche wochen monat monate monaten jahr "
            + "jahre jahren quartal quartale stunde stunden minute minuten "
            + "sekunde sekunden betrag beträge summe summen anteil anteile menge mengen stück einheit einheiten "
            + "produkt produkte produkten region regionen kunde kunden "
            + "bericht berichte übersicht ergebnis ergebnisse vergleich verkauf verkäufe verkäufen absatz gewinn "
            + "gewinne verlust verluste anstieg rückgang zuwachs wachstum "
            + "schnitt mittel wert differenz trend lage ziel ziele plan bestellung rechnung rechnungen steuer netto "
            + "brutto rabatt lieferung vorfall vorfälle vorfällen "
            + "störung ausfall ausfälle sensor sensoren messwert temperatur feuchte druck euro dollar prozent punkt "
            + "punkte team projekt daten liste tabelle filiale "
            + "umfrage antwort antworten teilnehmer bewertung note noten platz stelle norden süden osten westen "
            + "gesamt ende anfang mitte fall fälle grund gründe hinweis "
            + "fazit empfehlung details stand periode zeitraum verfügbarkeit dauer höhe größe spitze maximum minimum median"
        ).Split(' '),
    ];

    /// <summary>Whether a word is such a noun or ends in one.</summary>
    public static bool Has(string word) => Array.Exists(Endings, ending => word.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
