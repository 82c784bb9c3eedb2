//! Tags.

use generated_client::Client;
use generated_client::types::NewTag;

use crate::made::Made;
use crate::run::Run;

/// Makes a tag and deletes it, then makes one for the time records.
pub(super) async fn all(run: &mut Run, kimai: &Client, made: &Made) {
    let name = made.name("tag");
    let create = |name: &str| {
        let name = name.to_owned();
        async move {
            let tag = kimai.tags().create(NewTag::new(&name).color("#00ff00".parse().unwrap())).await?;
            made.add_tag(tag.id, &tag.name);
            assert_eq!(tag.name, name);
            Ok(tag)
        }
    };
    if let Some(tag) = run.step("tags.create", create(&name), |_| "it has its name").await {
        run.step("tags.list", kimai.tags().list().name(&name), |names| {
            assert_eq!(names, std::slice::from_ref(&name));
            "it is found by its name"
        })
        .await;
        run.step("tags.find", kimai.tags().find().name(&name), |tags| {
            assert_eq!(tags.iter().map(|tag| tag.id).collect::<Vec<_>>(), [tag.id]);
            "it is found by its name"
        })
        .await;
        run.step("tags.delete", kimai.tags().delete(tag.id), |()| "it is deleted").await;
    }
    run.step("tags.create", create(&made.name("urgent")), |_| "another one, for time records").await;
}
