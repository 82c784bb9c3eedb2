/// How users track their time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum TrackingMode {
    /// With begin and end.
    #[default]
    Default,
    /// By starting and stopping; begin and end cannot be written.
    Punch,
    /// By durations; begin and end cannot be written.
    DurationFixedBegin,
}
