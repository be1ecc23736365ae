/// The automaton of `schemas/service-catalog.xsd`, as `XMLSchema.listing` writes it, so that a short run need not compile it. The
/// text begins with a digest of the XSD: for any other it is not used. `UPDATE_GOLDEN=1` with `ExchangeAutomatonTests`
/// writes it anew.
enum ExchangeAutomaton {
  static var listing: StaticString {
    """
    0
    """
  }
}
