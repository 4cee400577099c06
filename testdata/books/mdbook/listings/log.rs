/// Keeps the log.
fn main() {
    println!("wind 4, sea calm");
}
